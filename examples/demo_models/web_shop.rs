//! A shop on the web, by STRIDE.

use crate::sketch::{Diagram, Kind, Method, Model};

pub(crate) fn model() -> Model {
    Model::new(
        "Web shop",
        "Shop platform team",
        "A shop that sells coffee beans and grinders on the web. Customers order and pay; the warehouse packs; the bank settles.\n\nThe model covers an order from the basket to the parcel, and how staff change the catalogue.",
    )
    .by(&["Ines (shop)", "Tomasz (warehouse)", "Priya (security)"], "Priya (security)")
    .with(ordering())
    .with(catalogue())
}

fn ordering() -> Diagram {
    let mut d = Diagram::new(
        "Ordering and paying",
        Method::Stride,
        "From the basket to the paid order. Card numbers never touch our servers: the browser hands them to the payment provider.",
    );
    d.boundary("Shop network", (320, 40), (860, 600));
    d.boundary("Payment provider", (320, 690), (260, 190));
    d.node(Kind::Actor, "Customer", (125, 180)).threat([
        "Repudiation",
        "Medium",
        "Mitigated",
        "A customer denies an order",
        "Beans are roasted to order. A customer who denies the order leaves us with goods that nobody else buys.",
        "Each order is confirmed by e-mail, and the confirmation is kept with the payment's reference.",
    ]);
    storefront(&mut d);
    orders(&mut d);
    payment(&mut d);
    ordering_flows(&mut d);
    d
}

fn orders(d: &mut Diagram) {
    d.node(Kind::Process, "Orders", (740, 180))
        .about("Checks prices and stock, creates orders, follows them until they are packed.")
        .set("handlesGoodsOrServices", true)
        .threat([
            "Tampering",
            "High",
            "Mitigated",
            "The browser decides the price",
            "Basket lines once carried their price, and a changed request bought a grinder for one cent.",
            "Only article and quantity are taken from the browser; prices are read from the catalogue at the moment of ordering.",
        ])
        .threat([
            "Elevation of privilege",
            "Medium",
            "Open",
            "Order numbers can be counted through",
            "Whoever is signed in can ask for any order by its number. Numbers are consecutive.",
            "Check that the order belongs to the session; use random order references in links.",
        ]);
    d.node(Kind::Store, "Order database", (1070, 180))
        .set("isEncrypted", true)
        .set("storesInventory", true)
        .threat([
            "Information disclosure",
            "High",
            "Open",
            "Backups can be read by every administrator",
            "The nightly dump holds names, addresses and what was bought, and lies unencrypted on a shared disk.",
            "Encrypt dumps with a key that only the restore job has.",
        ]);
}

fn payment(d: &mut Diagram) {
    d.node(Kind::Process, "Payment page", (450, 790))
        .about("The provider's own page, shown inside ours. It takes the card number.")
        .set("handlesCardPayment", true)
        .out_of_scope("Run and certified by the payment provider");
    d.node(Kind::Process, "Settlement", (740, 480))
        .about("Receives the provider's notices and marks orders as paid.")
        .threat([
            "Spoofing",
            "Critical",
            "Mitigated",
            "A forged payment notice",
            "The address that receives notices is public. A forged notice would release goods that nobody paid for.",
            "Notices are signed; the signature is checked, and the amount is asked for again at the provider.",
        ]);
    d.node(Kind::Store, "Session store", (450, 480))
        .set("storesCredentials", true);
}

fn storefront(d: &mut Diagram) {
    d.node(Kind::Process, "Storefront", (450, 180))
        .about("Pages, basket and sign-in.")
        .set("isWebApplication", true)
        .threat([
            "Spoofing",
            "High",
            "Mitigated",
            "Passwords from other sites are tried",
            "Lists of leaked passwords are tried at the sign-in, slowly and from many addresses.",
            "Known leaked passwords are refused, failures are counted by account, and a code by e-mail is asked for on a new device.",
        ])
        .threat([
            "Denial of service",
            "Medium",
            "Accepted",
            "A sale brings more visitors than the shop can serve",
            "On sale days the search is asked forty times as often as usual.",
            "Search results are cached for a minute. Beyond that we accept a waiting page for up to an hour a year.",
        ]);
}

fn ordering_flows(d: &mut Diagram) {
    d.flow("Customer", "Storefront", "basket and sign-in")
        .set("protocol", "HTTPS")
        .set("isEncrypted", true)
        .set("isPublicNetwork", true);
    d.flow("Storefront", "Orders", "order")
        .set("protocol", "gRPC")
        .set("isEncrypted", true);
    d.flow("Orders", "Order database", "orders")
        .set("protocol", "SQL")
        .set("isEncrypted", true);
    d.flow("Storefront", "Session store", "sessions").set("protocol", "Redis").threat([
        "Information disclosure",
        "Medium",
        "Open",
        "Sessions travel in clear",
        "The connection to the session store is not encrypted. Whoever can listen inside the network can take over sessions.",
        "Turn on TLS, and require a password for the store.",
    ]);
    d.curve("Customer", "Payment page", "card number", &[(125, 790)])
        .set("protocol", "HTTPS")
        .set("isEncrypted", true)
        .set("isPublicNetwork", true);
    d.curve("Payment page", "Settlement", "signed notice", &[(740, 790)])
        .set("protocol", "HTTPS")
        .set("isEncrypted", true)
        .set("isPublicNetwork", true);
    d.flow("Settlement", "Orders", "paid")
        .set("protocol", "gRPC")
        .set("isEncrypted", true);
}

fn catalogue() -> Diagram {
    let mut d = Diagram::new(
        "Changing the catalogue",
        Method::Stride,
        "Buyers change articles and prices; the change reaches the storefront within a minute.",
    );
    d.boundary("Office", (40, 80), (210, 260));
    d.boundary("Shop network", (330, 40), (860, 340));
    d.node(Kind::Actor, "Buyer", (145, 210));
    d.node(Kind::Process, "Back office", (460, 210))
        .set("isWebApplication", true)
        .threat([
            "Elevation of privilege",
            "High",
            "Mitigated",
            "A buyer grants herself more rights",
            "Roles used to be a field of the profile form, and the form was trusted.",
            "Roles are changed by two administrators together, on another page.",
        ]);
    d.node(Kind::Store, "Catalogue", (770, 210))
        .set("storesInventory", true);
    d.node(Kind::Store, "Change log", (770, 320))
        .set("isALog", true)
        .set("isSigned", true);
    d.node(Kind::Process, "Publisher", (1080, 210)).threat([
        "Tampering",
        "Medium",
        "NotApplicable",
        "Pictures with scripts in them",
        "A vector picture can carry a script that runs in every customer's browser.",
        "Does not apply: only bitmaps are accepted, and each is re-encoded.",
    ]);
    catalogue_flows(&mut d);
    d
}

fn catalogue_flows(d: &mut Diagram) {
    d.flow("Buyer", "Back office", "changes")
        .set("protocol", "HTTPS")
        .set("isEncrypted", true);
    d.flow("Back office", "Catalogue", "articles")
        .set("protocol", "SQL");
    d.curve(
        "Back office",
        "Change log",
        "who changed what",
        &[(460, 320)],
    )
    .threat([
        "Repudiation",
        "Low",
        "Open",
        "Changes by scripts have no author",
        "Bulk imports run as one technical account. A wrong price cannot be traced to a person.",
        "Pass the name of the person who started the import, and log it.",
    ]);
    d.flow("Catalogue", "Publisher", "new prices")
        .set("protocol", "SQL");
}
