//! Who is signed in stays so for as long as they work, however short the lives of tokens are.

use std::time::Duration;

use super::{MODELS, Town};
use crate::forge::App;
use crate::support::branch_path;
use crate::support::host::token_calls;

/// Half a minute less than a token lasts.
const NEARLY_OVER: Duration = Duration::from_secs(2 * 60 * 60 - 30);

#[tokio::test]
async fn a_session_outlives_ten_tokens_of_each_host() {
    let registered = App::Expiring {
        access_seconds: 2 * 60 * 60,
        refresh_seconds: 184 * 24 * 60 * 60,
    };
    let town = Town::with(registered).await.with_models();
    let mut people = Vec::new();
    for forge in &town.forges {
        people.push(town.signed_in(forge, "ada").await);
    }
    let models = branch_path(MODELS, "main", "models");
    for _ in 0..10 {
        town.app.clock.advance(NEARLY_OVER);
        for ada in &people {
            ada.get(&models).await.is(200);
        }
    }
    for forge in &town.forges {
        let tokens = token_calls(forge);
        assert_eq!(tokens.len(), 11, "{:?}: one for each", forge.dialect());
        assert!(tokens.iter().all(|call| call.status == 200), "{tokens:?}");
    }
}
