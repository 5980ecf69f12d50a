//! Kickers that the wire glues to the city: `EREDIVISIEALKMAAR`.

/// The known kickers. A longer one is tried before a shorter one that begins it.
///
/// Not here, since a place begins with it: EK (Ekeren), GIRO (Girona), KERK (Kerkrade), KORT (Kortrijk),
/// ORANJE (Oranjestad), TOUR (Tours), WEER (Weert).
pub const RUBRICS: &[&str] = &[
    "AANSLAG",
    "ACHTERGROND",
    "ALGEMEEN",
    "ANALYSE",
    "ATLETIEK",
    "AUTOSPORT",
    "BASKETBAL",
    "BEKERVOETBAL",
    "BEURS",
    "BINNENLAND",
    "BIATLON",
    "BMX",
    "BOEKEN",
    "BOKSEN",
    "BUITENLAND",
    "CHAMPIONS LEAGUE",
    "CONFERENCE LEAGUE",
    "CORONA",
    "CORONAVIRUS",
    "CRICKET",
    "CULTUUR",
    "DARTS",
    "DAVIS CUP",
    "ECONOMIE",
    "EERSTE DIVISIE",
    "EERSTE KAMER",
    "EK ATLETIEK",
    "EK SCHAATSEN",
    "EK SHORTTRACK",
    "EK VOETBAL",
    "EK ZWEMMEN",
    "EREDIVISIE",
    "EUROPA LEAGUE",
    "EXTRA",
    "FILM",
    "FINANCIEEL",
    "FORMULE 1",
    "FORMULE EEN",
    "GEMEENTERAAD",
    "GOLF",
    "HANDBAL",
    "HET WEER",
    "HOCKEY",
    "IJSHOCKEY",
    "INTERLAND",
    "INTERVIEW",
    "INTOCHT SINTERKLAAS",
    "JEUGD",
    "JUDO",
    "KABINET",
    "KABINETSFORMATIE",
    "KNVB BEKER",
    "KNVB-BEKER",
    "KONINGSDAG",
    "KORT NIEUWS",
    "KUNST",
    "MEDIA",
    "MENSEN",
    "MILIEU",
    "MOTORSPORT",
    "MUZIEK",
    "NATIONS LEAGUE",
    "OEKRAÏNE",
    "OLYMPISCHE SPELEN",
    "ONDERWIJS",
    "ONDERZOEK",
    "OORLOG",
    "OPINIE",
    "OVERZICHT",
    "PARALYMPISCHE SPELEN",
    "POLITIE",
    "POLITIEK",
    "PORTRET",
    "PREMIER LEAGUE",
    "PRINSJESDAG",
    "PROFIEL",
    "RECHTBANK",
    "RECHTSZAAK",
    "REGIO",
    "REPORTAGE",
    "ROEIEN",
    "RUGBY",
    "SCHAATSEN",
    "SCHAKEN",
    "SHORTTRACK",
    "SHOW",
    "SHOWBIZZ",
    "SKIËN",
    "SNOOKER",
    "SONGFESTIVAL",
    "SPORT",
    "STIKSTOF",
    "TENNIS",
    "THEATER",
    "TOUR DE FRANCE",
    "TURNEN",
    "TWEEDE KAMER",
    "UPDATE",
    "VERKEER",
    "VERKIEZINGEN",
    "VIERDAAGSE",
    "VOETBAL",
    "VOLLEYBAL",
    "VUELTA",
    "WATERPOLO",
    "WETENSCHAP",
    "WIELRENNEN",
    "WIMBLEDON",
    "WK ATLETIEK",
    "WK SCHAATSEN",
    "WK SHORTTRACK",
    "WK VOETBAL",
    "WK WIELRENNEN",
    "WK ZWEMMEN",
    "WK-KWALIFICATIE",
    "WERELDBEKER",
    "ZEILEN",
    "ZWEMMEN",
];

/// What has to be left of a place behind its kicker, in letters, and the places that are shorter.
const SHORTEST_PLACE: usize = 4;
const SHORT_PLACES: &[&str] =
    &["BAR", "EDE", "EPE", "GOA", "HAM", "LIS", "MOL", "OSS", "PAU", "SPA", "ULM", "URK"];

/// Splits a kicker off the front of a place: `("EREDIVISIE", "ALKMAAR")`.
pub(super) fn split(place: &str) -> Option<(&str, &str)> {
    let fits = |rubric: &&&str| {
        let rest = place.strip_prefix(**rubric).map(|rest| rest.trim_start_matches([' ', ':', '-']));
        rest.is_some_and(|rest| {
            rest.starts_with(char::is_uppercase)
                && (rest.chars().filter(|c| c.is_alphabetic()).count() >= SHORTEST_PLACE
                    || SHORT_PLACES.contains(&rest))
        })
    };
    let first = place.as_bytes().first();
    let near = RUBRICS.iter().filter(|rubric| rubric.as_bytes().first() == first);
    let rubric = near.filter(fits).max_by_key(|rubric| rubric.len())?;
    let (kicker, rest) = place.split_at(rubric.len());
    Some((kicker, rest.trim_start_matches([' ', ':', '-'])))
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn a_kicker_is_split_off_a_city() {
        assert_eq!(split("EREDIVISIEALKMAAR"), Some(("EREDIVISIE", "ALKMAAR")));
        assert_eq!(
            split("INTOCHT SINTERKLAASRIJSWIJK/HEERHUGOWAARD"),
            Some(("INTOCHT SINTERKLAAS", "RIJSWIJK/HEERHUGOWAARD"))
        );
        assert_eq!(split("KORT NIEUWSURK"), Some(("KORT NIEUWS", "URK")));
        assert_eq!(split("TENNIS ROTTERDAM"), Some(("TENNIS", "ROTTERDAM")));
        for place in [
            "EKEREN",
            "GIRONA",
            "GOLFECH",
            "KERKRADE",
            "KORTRIJK",
            "ORANJESTAD",
            "TOURS",
            "WEERT",
            "ROTTERDAM",
        ] {
            assert_eq!(split(place), None);
        }
        assert_eq!(split("SPORT"), None);
    }
}
