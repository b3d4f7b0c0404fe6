//! Adds suggestions to a model, as accepting them in the editor does.

use uuid::Builder;

use super::report::Offered;
use crate::model::{CellPlace, Document, Operation, OperationError};
use crate::random;
use crate::suggest::new_threat;

/// The document with all of these as threats.
pub(super) fn add(document: &Document, list: &[Offered<'_>]) -> Result<Document, OperationError> {
    list.iter()
        .try_fold(document.clone(), |document, Offered { suggestion, .. }| {
            let id = Builder::from_random_bytes(random::bytes()).into_uuid();
            document.apply(&Operation::AddThreat {
                cell: CellPlace {
                    diagram: suggestion.diagram.unwrap_or_default(),
                    cell: suggestion.element.clone(),
                },
                threat: new_threat(suggestion, &id.to_string()),
            })
        })
}
