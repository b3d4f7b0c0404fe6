//! A project of GitLab as one person sees it.

use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use http::header::LOCATION;
use http::{HeaderMap, Method};
use serde::Serialize;
use serde::de::DeserializeOwned;
use url::Url;

use super::graphql::Query;
use super::{Inner, classify, wire};
use crate::provider::hosted::{
    Ask, Caller, Failure, Got, Standing, Verdict, encoded_whole, json_of,
};
use crate::provider::outgoing::{CallError, Repeat};
use crate::provider::{BranchName, CommitId, Credential, ProviderError, RepositoryName, TagName};

/// Items on one page of a listing.
pub(super) const LISTED: usize = 100;
/// Pages of one listing that are read at most, and at once.
const PAGES: u32 = 1000;
const PAGES_AT_ONCE: usize = 8;

/// One person's visit to one project. Each kind of call is in a file of its own.
pub(super) struct Visit<'a> {
    pub(super) gitlab: &'a Inner,
    pub(super) caller: Caller<'a>,
    pub(super) standing: Standing<'a>,
}

impl<'a> Visit<'a> {
    pub(super) fn new(
        gitlab: &'a Inner,
        who: &Credential,
        repository: &'a RepositoryName,
    ) -> Result<Self, ProviderError> {
        let caller = gitlab.client.caller(who)?;
        let standing = Standing {
            memory: &gitlab.memory,
            who: caller.id,
            repository,
        };
        Ok(Self {
            gitlab,
            caller,
            standing,
        })
    }

    /// Reads something of the project: `tail` begins with a slash, or is empty.
    pub(super) async fn get<T: DeserializeOwned>(&self, tail: &str) -> Result<T, Failure> {
        Ok(self.page(tail).await?.0)
    }

    /// Reads something whose headers count, too.
    pub(super) async fn page<T: DeserializeOwned>(
        &self,
        tail: &str,
    ) -> Result<(T, HeaderMap), Failure> {
        let got = self.exchange(tail, Ask::get).await?;
        Ok((json_of(&got)?, got.headers))
    }

    /// Reads all pages of a listing, whose `tail` has a query. GitLab tells the number of pages
    /// unless there are more than ten thousand items; then they are asked for one after another.
    pub(super) async fn pages<T: DeserializeOwned>(&self, tail: &str) -> Result<Vec<T>, Failure> {
        let page = async |number: u32| {
            if number > PAGES {
                return Err(Failure::Call(CallError::TooLarge));
            }
            let tail = format!("{tail}&per_page={LISTED}&page={number}");
            self.page::<Vec<T>>(&tail).await
        };
        let (mut all, mut headers) = page(1).await?;
        if let Some(last) = number(&headers, "x-total-pages") {
            if last > PAGES {
                return Err(Failure::Call(CallError::TooLarge));
            }
            let rest = stream::iter(2..=last).map(page).buffered(PAGES_AT_ONCE);
            let rest: Vec<_> = rest.try_collect().await?;
            all.extend(rest.into_iter().flat_map(|(items, _)| items));
            return Ok(all);
        }
        let mut last = 1;
        while let Some(next) = number(&headers, "x-next-page") {
            if next <= last {
                return Err(Failure::Unreadable);
            }
            last = next;
            let items;
            (items, headers) = page(next).await?;
            all.extend(items);
        }
        Ok(all)
    }

    /// Reads only what the headers say.
    pub(super) async fn head(&self, tail: &str) -> Result<HeaderMap, Failure> {
        let ask = |url| Ask::get(url).by(Method::HEAD, Repeat::Safe);
        Ok(self.exchange(tail, ask).await?.headers)
    }

    /// Reads bytes that never change.
    pub(super) async fn raw(&self, tail: &str) -> Result<Got, Failure> {
        self.exchange(tail, |url| Ask::get(url).raw()).await
    }

    /// Makes something new.
    pub(super) async fn make<T: DeserializeOwned>(
        &self,
        tail: &str,
        body: &(impl Serialize + Sync),
    ) -> Result<T, Failure> {
        let ask = |url| Ask::get(url).json(body).by(Method::POST, Repeat::Never);
        json_of(&self.exchange(tail, ask).await?)
    }

    /// Makes a call about the project; where it has been renamed since, once more by its number.
    async fn exchange(
        &self,
        tail: &str,
        ask: impl Fn(Url) -> Ask + Send + Sync,
    ) -> Result<Got, Failure> {
        let at = |project: &str| {
            let path = format!("projects/{project}{tail}");
            ask(self.gitlab.client.locate(&path))
        };
        let name = encoded_whole(self.standing.repository.as_str());
        let failure = match self.caller.exchange(at(&name)).await {
            Err(failure) if self.caller.verdict(&failure) == Some(Verdict::Elsewhere) => failure,
            answer => return answer,
        };
        match self.number(&name).await {
            Some(number) => self.caller.exchange(at(&number.to_string())).await,
            None => Err(failure),
        }
    }

    /// The number of a project that has been renamed: what asks for the project by its old name
    /// is led there. Nothing else is followed, wherever it leads.
    async fn number(&self, name: &str) -> Option<u64> {
        let client = &self.gitlab.client;
        let ask = Ask::get(client.locate(&format!("projects/{name}")));
        let Err(Failure::Refused(refusal)) = self.caller.exchange(ask).await else {
            return None;
        };
        let link = refusal.headers.get(LOCATION)?.to_str().ok()?;
        let path = client.below(link)?;
        path.strip_prefix("projects/")?.parse().ok()
    }

    /// Asks for something in the repository by GraphQL, which does not know old names. An error
    /// refuses the whole, for what is asked for belongs together.
    pub(super) async fn query<T: DeserializeOwned>(
        &self,
        query: &Query,
        repeat: Repeat,
    ) -> Result<T, Failure> {
        let name = self.standing.repository.as_str();
        if let Some(contents) = self.graphql(query, name, repeat).await? {
            return Ok(contents);
        }
        // It is hidden, which REST says, or it has another name by now.
        let project: wire::Project = self.get("").await?;
        let name = &project.path_with_namespace;
        let contents = self.graphql(query, name, repeat).await?;
        contents.ok_or(Failure::Unreadable)
    }

    async fn graphql<T: DeserializeOwned>(
        &self,
        query: &Query,
        project: &str,
        repeat: Repeat,
    ) -> Result<Option<T>, Failure> {
        let ask = Ask::get(self.gitlab.endpoints.graphql.clone());
        let ask = ask.json(&query.body(project)).by(Method::POST, repeat);
        let got = self.caller.exchange(ask).await?;
        let wire::Graphql { data, errors } = json_of::<wire::Graphql<T>>(&got)?;
        if let Some(error) = errors.into_iter().next() {
            let status = classify::status_of(&error.message);
            return Err(self.caller.refused(status, got.headers, error.message));
        }
        let data = data.ok_or(Failure::Unreadable)?;
        Ok(data.project.and_then(|project| project.repository))
    }

    /// Whether GraphQL may have had too much to do, or to say.
    pub(super) fn is_too_much(&self, failure: &Failure) -> bool {
        let silent = |error: &_| matches!(error, CallError::TooLarge | CallError::Lost { .. });
        let verdict = self.caller.verdict(failure);
        matches!(failure, Failure::Call(error) if silent(error))
            || matches!(verdict, Some(Verdict::Failed | Verdict::TooLarge))
    }

    /// An answer about the project: the person may see it, or what they are told instead.
    pub(super) fn told<T>(&self, answer: Result<T, Failure>) -> Result<T, ProviderError> {
        self.standing.told(answer)
    }

    /// Before anything that is kept is shown: the person may see it now, or could a moment ago.
    pub(super) async fn admitted(&self, commit: &CommitId) -> Result<(), ProviderError> {
        if self.standing.is_accepted() {
            return Ok(());
        }
        self.told(self.assure(commit).await)
    }

    /// The project itself. It may be open to somebody from whom its repository is hidden: nobody is
    /// accepted by this.
    pub(super) async fn about(&self) -> Result<wire::Project, ProviderError> {
        let about = self.get("").await;
        about.or_else(|failure| self.told(Err(failure)))
    }

    /// The commit that a branch stands at.
    pub(super) async fn resolve(&self, branch: &BranchName) -> Result<CommitId, ProviderError> {
        let tail = format!("/repository/branches/{}", encoded_whole(branch.as_str()));
        let answer = self.get::<wire::Branch>(&tail).await;
        let tip = self.told(answer.and_then(|branch| commit_id(&branch.commit.id)))?;
        Ok(self.standing.see(branch, tip))
    }

    /// The commit that a tag names.
    pub(super) async fn resolve_tag(&self, tag: &TagName) -> Result<CommitId, ProviderError> {
        let tail = format!("/repository/tags/{}", encoded_whole(tag.as_str()));
        let answer = match self.get::<wire::Tag>(&tail).await {
            Ok(tag) => tag.commit.map(|tip| commit_id(&tip.id)).transpose(),
            Err(failure) if self.caller.verdict(&failure) == Some(Verdict::NotFound) => {
                // The words say which of the two is not there, but only the project says it surely.
                self.about().await?;
                Ok(None)
            }
            Err(failure) => Err(failure),
        };
        let commit = self.told(answer)?;
        commit.ok_or(ProviderError::NotFound { what: "tag" })
    }

    /// Looks whether a commit is there, where an answer has left that open.
    pub(super) async fn assure(&self, commit: &CommitId) -> Result<(), Failure> {
        let tail = format!("/repository/commits/{commit}?stats=false");
        self.get::<wire::Tip>(&tail).await.map(drop)
    }
}

/// The id of a commit in an answer.
pub(super) fn commit_id(text: &str) -> Result<CommitId, Failure> {
    CommitId::parse(text).ok_or(Failure::Unreadable)
}

/// A number in a header; `None` when it is empty, too.
fn number(headers: &HeaderMap, name: &str) -> Option<u32> {
    headers.get(name)?.to_str().ok()?.parse().ok()
}
