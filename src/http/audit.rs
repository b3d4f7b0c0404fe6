//! Changes that were asked for and of which no handler tells that they are made: those that were
//! refused, and those whose client did not wait for the answer.

use axum::extract::{MatchedPath, Request};
use axum::http::Method;
use tracing::Span;

use super::caller::Caller;
use super::problem::Problem;

/// How much of a path is written down, in bytes: it has the names of what was to be changed.
const PATH_MAX: usize = 500;

/// A change that is asked for. It is written down unless it is answered without a problem.
pub(super) struct Attempt {
    method: Method,
    route: String,
    path: String,
    caller: Caller,
    span: Span,
    answered: bool,
}

impl Attempt {
    /// What this request would change; `None` where it is safe, or leads nowhere.
    pub(super) fn of(request: &Request, caller: &Caller, span: &Span) -> Option<Self> {
        if request.method().is_safe() {
            return None;
        }
        let route = request.extensions().get::<MatchedPath>()?;
        let path = request.uri().path();
        Some(Self {
            method: request.method().clone(),
            route: route.as_str().to_owned(),
            path: path.get(..PATH_MAX).unwrap_or(path).to_owned(),
            caller: caller.clone(),
            span: span.clone(),
            answered: false,
        })
    }

    /// It has been answered: with a problem, or as its handler tells.
    pub(super) fn answered(mut self, problem: Option<&Problem>) {
        self.answered = true;
        if let Some(Problem { status, code, .. }) = problem {
            let Self {
                method,
                route,
                path,
                ..
            } = &self;
            let (user, provider) = self.caller.names().unzip();
            tracing::info!(target: "audit", parent: &self.span, user, provider, %method, route, path, status, code, "refused");
        }
    }
}

/// Whoever has left does not learn what became of it, and a change that has begun is finished.
impl Drop for Attempt {
    fn drop(&mut self) {
        if self.answered {
            return;
        }
        let Self {
            method,
            route,
            path,
            ..
        } = &*self;
        let (user, provider) = self.caller.names().unzip();
        tracing::info!(target: "audit", parent: &self.span, user, provider, %method, route, path, "the client has left before the answer");
    }
}
