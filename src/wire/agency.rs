//! The news agencies of a dateline's bracket: code, name, home page.

/// A news agency. A new one is one row.
#[derive(Debug, PartialEq, Eq)]
pub struct Agency {
    /// As datelines print it, in capitals.
    pub code: &'static str,
    /// As it calls itself.
    pub name: &'static str,
    /// Its home page.
    pub home: &'static str,
    /// Whether the code is also an everyday abbreviation, so that it makes no dateline after words in lower case.
    ambiguous: bool,
}

const fn row(code: &'static str, name: &'static str, home: &'static str) -> Agency {
    Agency { code, name, home, ambiguous: false }
}

const fn ambiguous(code: &'static str, name: &'static str, home: &'static str) -> Agency {
    Agency { ambiguous: true, ..row(code, name, home) }
}

/// Every agency known, by code.
pub const AGENCIES: &[Agency] = &[
    ambiguous("AAP", "AAP", "https://www.aap.com.au/"),
    row("AFP", "AFP", "https://www.afp.com/"),
    ambiguous("ANC", "ANC", "https://www.anc.nl/"),
    row("ANP", "ANP", "https://www.anp.nl/"),
    row("ANSA", "ANSA", "https://www.ansa.it/"),
    ambiguous("AP", "AP", "https://apnews.com/"),
    ambiguous("APA", "APA", "https://www.apa.at/"),
    row("BELGA", "Belga", "https://www.belganewsagency.eu/"),
    row("BLOOMBERG", "Bloomberg", "https://www.bloomberg.com/"),
    ambiguous("CP", "The Canadian Press", "https://www.thecanadianpress.com/"),
    ambiguous("CTK", "ČTK", "https://www.ctk.eu/"),
    ambiguous("DJ", "Dow Jones", "https://www.dowjones.com/"),
    row("DPA", "dpa", "https://www.dpa.com/"),
    row("EFE", "EFE", "https://efe.com/"),
    ambiguous("EPA", "EPA", "https://www.epa.eu/"),
    ambiguous("GPD", "GPD", "https://nl.wikipedia.org/wiki/Geassocieerde_Pers_Diensten"),
    row("INTERFAX", "Interfax", "https://interfax.com/"),
    ambiguous("IPS", "IPS", "https://www.ipsnews.net/"),
    ambiguous("KNA", "KNA", "https://www.kna.de/"),
    row("KYODO", "Kyodo News", "https://english.kyodonews.net/"),
    row("LUSA", "Lusa", "https://www.lusa.pt/"),
    row("NOVUM", "Novum", "https://nl.wikipedia.org/wiki/Novum_Nieuws"),
    ambiguous("NTB", "NTB", "https://www.ntb.no/"),
    ambiguous("PA", "PA Media", "https://pa.media/"),
    ambiguous("PAP", "PAP", "https://www.pap.pl/"),
    row("REUTERS", "Reuters", "https://www.reuters.com/"),
    row("RITZAU", "Ritzau", "https://ritzau.com/"),
    row("RTR", "Reuters", "https://www.reuters.com/"),
    ambiguous("SDA", "Keystone-SDA", "https://www.keystone-sda.ch/"),
    ambiguous("STT", "STT", "https://stt.fi/"),
    row("TASS", "TASS", "https://tass.com/"),
    ambiguous("TT", "TT", "https://tt.se/"),
    row("UPI", "UPI", "https://www.upi.com/"),
    row("XINHUA", "Xinhua", "https://www.news.cn/"),
];

/// Names of press agencies that press reviews print in front of a dateline.
pub(crate) const SOURCES: &[&str] = &["Persbureau Curaçao", "Persbureau Curacao", "Persbureau Novum"];

/// The agency with this code, whatever its case.
pub fn find(code: &str) -> Option<&'static Agency> {
    AGENCIES.iter().find(|row| row.code.eq_ignore_ascii_case(code))
}

impl Agency {
    /// Whether the code makes a bracket a dateline's even after a place in mixed case.
    pub(crate) fn is_certain(&self) -> bool {
        !self.ambiguous
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_sorted_and_complete() {
        assert!(AGENCIES.is_sorted_by(|a, b| a.code < b.code));
        for row in AGENCIES {
            assert!(row.home.starts_with("https://") && !row.name.is_empty(), "{}", row.code);
            assert_eq!(row.code, row.code.to_uppercase());
        }
    }

    #[test]
    fn a_code_is_found_in_any_case() {
        assert_eq!(find("Belga").map(|row| row.name), Some("Belga"));
        assert_eq!(find("RTR").map(|row| row.name), Some("Reuters"));
        assert_eq!(find("CDA"), None);
    }
}
