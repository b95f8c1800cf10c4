//! Quotations planted from real reports with known alterations: none that is altered, invented or cited
//! wrongly may be called exact, and of the true ones at least 98 of 100 must be. A sample of the reports is
//! taken here, skipped loudly where they are absent; `benches/quotations.rs` takes all and prints the table.

mod draft;
#[path = "../../crates/citation/tests/common/planting.rs"]
mod planting;

use std::path::Path;

use draft::Asked;
use planting::Planted;

use crate::harness::{FORB, Library, real_reports};

#[test]
fn no_altered_quotation_of_a_real_report_is_exact() {
    let Some(reports) = real_reports("no_altered_quotation_of_a_real_report_is_exact") else {
        return;
    };
    let library = Library::new();
    for folder in ["seeds", "uscirf"] {
        library.forb(["add".as_ref(), reports.join(folder).as_os_str()]).ends(0);
    }
    let table = Asked { forb: Path::new(FORB), library: &library.root() }.check(100, 60);
    println!("{}", table.markdown());
    assert_eq!(table.wrongly_exact(), 0);
    assert!(table.count(Planted::True, "exact") * 100 >= 98 * table.all(Planted::True));
}
