//! The file of sources: whole and broken.

use super::told;
use crate::library::{Source, Sources};

fn read(text: &str) -> (Vec<String>, Vec<String>) {
    let sources = Sources::read(text);
    let prefixes = sources.list.iter().map(Source::prefix).collect();
    (prefixes, told(&sources.faults))
}

#[test]
fn sources_are_read_in_their_order() {
    let text = "[[source]]\nrepository = \"acme/b\"\ntag = \"v1\"\n\n[[source]]\nrepository = \"acme/a\"\ntag = \"release/2\"\n";
    let (sources, faults) = read(text);
    assert_eq!(sources, ["acme/b@v1:", "acme/a@release/2:"]);
    assert_eq!(faults, [""; 0]);
    let [_, second] = Sources::read(text).list.try_into().expect("two");
    let fault = second.fault("it is gone");
    assert_eq!(told(&[fault]), ["5:1 it is gone"]);
    assert_eq!(read(""), (vec![], vec![]));
    assert_eq!(read(&format!("\u{feff}{text}")), (sources, vec![]));
}

#[test]
fn what_is_wrong_is_told_and_the_rest_works() {
    let text = "sources = 1\n[[source]]\nrepository = \"acme/a\"\n[[source]]\ntag = \"v1\"\n\
                [[source]]\nrepository = \"acme/b\"\ntag = \"v1\"\nbranch = \"main\"\n\
                [[source]]\nrepository = \"acme/c\"\ntag = 1\n\
                [[source]]\nrepository = \"acme/d\"\ntag = \"v1\"\n\
                [[source]]\nrepository = \"acme/d\"\ntag = \"v2\"\n";
    let (sources, faults) = read(text);
    assert_eq!(sources, ["acme/d@v1:"]);
    assert_eq!(
        faults,
        [
            "1:1 there is no sources among sources; what there is: source",
            "2:1 a source lacks its tag",
            "4:1 a source lacks its repository",
            "9:1 there is no branch in [[source]]; what there is: repository, tag",
            "12:7 tag is a string, not an integer",
            "16:1 line 13 has this repository already",
        ]
    );
    assert_eq!(
        read("source = \"acme/a\"").1,
        ["1:1 each source begins with [[source]], in double brackets"]
    );
    let torn = read("[[source").1;
    assert!(torn[0].starts_with("1:9 this is not TOML: "), "{torn:?}");
}

#[test]
fn there_are_at_most_five() {
    let source = |n: usize| format!("[[source]]\nrepository = \"acme/{n}\"\ntag = \"v1\"\n");
    let text = (0..6).map(source).collect::<Vec<_>>().concat();
    let (sources, faults) = read(&text);
    assert_eq!(sources.len(), 5);
    assert_eq!(faults, ["16:1 there are at most 5 sources"]);
}
