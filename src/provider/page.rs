//! Pages of listings.

/// The number of a listing's page, from 1. Clients of the Threat Dragon API count pages, so every
/// adapter does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageNumber(u32);

impl PageNumber {
    /// The first page.
    pub const FIRST: Self = Self(1);

    /// The page with this number; `None` for zero.
    #[must_use]
    pub const fn new(number: u32) -> Option<Self> {
        if number == 0 {
            None
        } else {
            Some(Self(number))
        }
    }

    /// The number, from 1.
    #[must_use]
    pub const fn get(self) -> u32 {
        self.0
    }

    /// How many items come before this page, when each page has `size`.
    #[must_use]
    pub(crate) fn skip(self, size: usize) -> usize {
        usize::try_from(self.0 - 1)
            .unwrap_or(usize::MAX)
            .saturating_mul(size)
    }
}

/// One page of a listing. A page beyond the last is empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<T> {
    /// The items, in the listing's order.
    pub items: Vec<T>,
    /// Whether there is a page after this one.
    pub next: bool,
    /// Whether there is a page before this one.
    pub previous: bool,
}

impl<T> Page<T> {
    /// The page of a listing of which everything is known.
    pub(crate) fn cut(all: Vec<T>, page: PageNumber, size: usize) -> Self {
        let rest = all.into_iter().skip(page.skip(size));
        Self::of(rest.take(size.saturating_add(1)).collect(), page, size)
    }

    /// The page that begins `rest`, which holds one item more when there is a next page.
    pub(crate) fn of(mut rest: Vec<T>, page: PageNumber, size: usize) -> Self {
        let next = rest.len() > size;
        rest.truncate(size);
        Self {
            items: rest,
            next,
            previous: page != PageNumber::FIRST,
        }
    }
}
