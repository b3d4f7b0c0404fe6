//! Findings as `JUnit` XML, which most systems show as tests: a suite for each model, a case for
//! each finding.

use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::report::{Checked, Report, told};
use crate::cli::files::Refusal;
use crate::cli::shown::{shown, shown_path, unbroken};
use crate::model::Finding;

type Xml = Writer<Vec<u8>>;

/// A finding that trips the gate is a failure, one that is exempted is skipped, any other passes.
pub(super) fn junit(report: &Report) -> io::Result<String> {
    let mut xml = Writer::new_with_indent(Vec::new(), b' ', 2);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    xml.create_element("testsuites")
        .with_attribute(("name", "wyvern check"))
        .write_inner_content(|xml| {
            for model in &report.models {
                suite(xml, report, model)?;
            }
            report
                .refused
                .iter()
                .try_for_each(|refusal| unread(xml, refusal))
        })?;
    // Everything that was written is UTF-8.
    Ok(String::from_utf8_lossy(&xml.into_inner()).into_owned())
}

fn suite(xml: &mut Xml, report: &Report, model: &Checked) -> io::Result<()> {
    let path = shown_path(&model.path);
    let failures = model
        .findings
        .iter()
        .filter(|finding| report.trips(finding))
        .count();
    let skipped = model
        .findings
        .iter()
        .filter(|finding| finding.exempted.is_some())
        .count();
    xml.create_element("testsuite")
        .with_attributes([
            ("name", path.as_str()),
            ("tests", &model.findings.len().max(1).to_string()),
            ("failures", &failures.to_string()),
            ("errors", "0"),
            ("skipped", &skipped.to_string()),
        ])
        .write_inner_content(|xml| {
            if model.findings.is_empty() {
                let case = xml.create_element("testcase");
                let case = case.with_attributes([("classname", path.as_str()), ("name", "check")]);
                case.write_empty()?;
            }
            (model.findings.iter()).try_for_each(|finding| case(xml, report, &path, finding))
        })?;
    Ok(())
}

fn case(xml: &mut Xml, report: &Report, path: &str, finding: &Finding) -> io::Result<()> {
    let rule = finding.rule;
    let message = unbroken(told(finding));
    let name = format!("{} {}: {message}", rule.id, rule.name);
    let text = format!("{path}:{}: {message} {}", finding.line, rule.remedy);
    xml.create_element("testcase")
        .with_attributes([("classname", path), ("name", &name)])
        .write_inner_content(|xml| {
            if let Some(exempted) = &finding.exempted {
                let reason = unbroken(&exempted.reason);
                let skipped = xml.create_element("skipped");
                skipped
                    .with_attribute(("message", reason.as_str()))
                    .write_empty()?;
            } else if report.trips(finding) {
                xml.create_element("failure")
                    .with_attributes([("type", finding.level.as_str()), ("message", &message)])
                    .write_text_content(BytesText::new(&text))?;
            } else {
                let output = xml.create_element("system-out");
                output.write_text_content(BytesText::new(&text))?;
            }
            Ok(())
        })?;
    Ok(())
}

fn unread(xml: &mut Xml, refusal: &Refusal) -> io::Result<()> {
    let path = shown_path(&refusal.path);
    let attributes = [
        ("name", path.as_str()),
        ("tests", "1"),
        ("failures", "0"),
        ("errors", "1"),
        ("skipped", "0"),
    ];
    let suite = xml.create_element("testsuite").with_attributes(attributes);
    suite.write_inner_content(|xml| {
        let case = xml.create_element("testcase");
        let case = case.with_attributes([("classname", path.as_str()), ("name", "read")]);
        case.write_inner_content(|xml| {
            let error = xml.create_element("error");
            let message = shown(refusal);
            error
                .with_attribute(("message", message.as_str()))
                .write_empty()?;
            Ok(())
        })?;
        Ok(())
    })?;
    Ok(())
}
