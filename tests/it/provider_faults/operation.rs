//! What people do, and what must be in the repository when they are told that it is done.

use crate::forge::{Dialect, Wanted};
use crate::support::host::{self, begin, token_page};
use crate::support::{Ask, Browser, CHECKOUT, branch_path, branches_path, compact, model_path};

use super::ground::{Ground, HERS};

/// Everything that needs a host.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Operation {
    Exchange,
    Person,
    Repositories,
    Branches,
    CreateBranch,
    Find,
    List,
    Read,
    History,
    Create,
    Save,
    Delete,
    Rename,
}

impl Operation {
    pub(super) const ALL: [Self; 13] = [
        Self::Exchange,
        Self::Person,
        Self::Repositories,
        Self::Branches,
        Self::Find,
        Self::List,
        Self::Read,
        Self::History,
        Self::CreateBranch,
        Self::Create,
        Self::Save,
        Self::Delete,
        Self::Rename,
    ];

    /// As the page calls it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Exchange => "Sign in: the token",
            Self::Person => "Sign in: the person",
            Self::Repositories => "List repositories",
            Self::Branches => "List branches",
            Self::Find => "Find the branch",
            Self::List => "List models",
            Self::Read => "Read a model",
            Self::History => "History",
            Self::CreateBranch => "Create a branch",
            Self::Create => "Create a model",
            Self::Save => "Save a model",
            Self::Delete => "Delete a model",
            Self::Rename => "Rename a model",
        }
    }

    pub(super) fn changes_something(self) -> bool {
        self.commits() || self == Self::CreateBranch
    }

    pub(super) fn commits(self) -> bool {
        matches!(
            self,
            Self::Create | Self::Save | Self::Delete | Self::Rename
        )
    }

    /// The calls that go wrong: of changes, those that change something.
    pub(super) fn meets(self, dialect: Dialect) -> Wanted {
        let path = |part: &str| Wanted::Path(part.to_owned());
        let query = |name: &str| Wanted::Graphql(name.to_owned());
        let [github, gitlab, bitbucket] = match self {
            Self::Exchange => [token_page(dialect); 3].map(path),
            // Bitbucket is asked for the addresses at the same time, and may keep them to itself.
            Self::Person => ["/api/v3/user", "/gitlab/api/v4/user", "/2.0/user"]
                .map(|whole| Wanted::Exactly(whole.to_owned())),
            Self::Repositories => ["/user/repos", "/projects?", "/user/workspaces"].map(path),
            Self::Branches => ["/branches"; 3].map(path),
            Self::Find => ["/branches/main"; 3].map(path),
            Self::List => [query("List"), path("/repository/tree"), path("/src/")],
            // Bitbucket is asked for the bytes at the same time.
            Self::Read => [query("Look"), query("Look"), path("format=meta")],
            Self::History => ["/commits"; 3].map(path),
            Self::CreateBranch | Self::Create | Self::Save | Self::Delete | Self::Rename => {
                return Wanted::Writes;
            }
        };
        match dialect {
            Dialect::GitHub => github,
            Dialect::GitLab => gitlab,
            Dialect::Bitbucket => bitbucket,
        }
    }

    /// The request, after all that comes before it.
    pub(super) async fn request(self, ground: &Ground, browser: &Browser) -> Ask {
        let model = |what| model_path(HERS, "main", "M", what);
        let new = ground.new_name();
        match self {
            Self::Exchange | Self::Person => coming_back(ground, browser).await,
            Self::Repositories => browser.ask("GET", "/api/threatmodel/repos"),
            Self::Branches => browser.ask("GET", &branches_path(HERS)),
            Self::List => browser.ask("GET", &branch_path(HERS, "main", "models")),
            Self::Find | Self::Read => browser.ask("GET", &model("data")),
            Self::History => browser.ask("GET", &model("history")),
            Self::CreateBranch => {
                let path = branch_path(HERS, &new, "createBranch");
                browser.ask("POST", &path).json(r#"{"refBranch":"main"}"#)
            }
            Self::Create => {
                let path = model_path(HERS, "main", &new, "create");
                browser.ask("POST", &path).json(CHECKOUT)
            }
            Self::Save => {
                let tag = browser.get(&model("data")).await.etag();
                let edited = compact(&ground.text()).replacen("Shop team", "Ada", 1);
                let save = browser.ask("PUT", &model("update")).json(edited);
                save.header("base-version", tag.trim_matches('"'))
            }
            Self::Delete => {
                let tag = browser.get(&model("data")).await.etag();
                browser.ask("DELETE", &model("")).header("if-match", tag)
            }
            Self::Rename => {
                let tag = browser.get(&model("data")).await.etag();
                let body = format!(r#"{{"name":"{new}"}}"#);
                let rename = browser.ask("POST", &model("rename")).json(body);
                rename.header("if-match", tag)
            }
        }
    }

    /// Whether the repository has what was asked for.
    pub(super) fn is_made(self, ground: &Ground) -> bool {
        let new = ground.new_name();
        let file = |name: &str| format!("ThreatDragonModels/{name}/{name}.json");
        let has = |name: &str| ground.git.files().contains(&file(name));
        match self {
            Self::CreateBranch => ground.git.state().contains(&format!("refs/heads/{new} ")),
            Self::Create => has(&new),
            Self::Save => ground.git.file(&file("M")).contains(r#""owner": "Ada""#),
            Self::Delete => !has("M"),
            Self::Rename => has(&new) && !has("M"),
            _ => false,
        }
    }
}

/// Ada has allowed it on the host's page.
async fn coming_back(ground: &Ground, browser: &Browser) -> Ask {
    let forge = &ground.host.forge;
    let page = begin(browser, forge.dialect()).await;
    browser.ask("GET", host::path(&forge.approve(&page, "ada")))
}
