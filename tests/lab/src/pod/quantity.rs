//! Quantities as Kubernetes writes them: `100m`, `2`, `1.5`, `128Mi`, `1e3`.

use anyhow::{Context, Result};

/// Units: the suffix, and what it multiplies by, as a number and a divisor.
const SUFFIXES: [(&str, u128, u128); 15] = [
    ("Ki", 1 << 10, 1),
    ("Mi", 1 << 20, 1),
    ("Gi", 1 << 30, 1),
    ("Ti", 1 << 40, 1),
    ("Pi", 1 << 50, 1),
    ("Ei", 1 << 60, 1),
    ("n", 1, 1_000_000_000),
    ("u", 1, 1_000_000),
    ("m", 1, 1_000),
    ("k", 1_000, 1),
    ("M", 1_000_000, 1),
    ("G", 1_000_000_000, 1),
    ("T", 1_000_000_000_000, 1),
    ("P", 1_000_000_000_000_000, 1),
    ("E", 1_000_000_000_000_000_000, 1),
];

/// How often `divisor` fits into `quantity`, rounded up, as a resource field is told to a container. No
/// divisor is one.
pub(crate) fn divide(quantity: &str, divisor: &str) -> Result<u128> {
    let divisor = if divisor.is_empty() || divisor == "0" { "1" } else { divisor };
    Ok(nanos(quantity)?.div_ceil(nanos(divisor)?.max(1)))
}

/// A quantity in billionths.
fn nanos(quantity: &str) -> Result<u128> {
    parse(quantity).with_context(|| format!("failed to read the quantity {quantity:?}"))
}

fn parse(quantity: &str) -> Option<u128> {
    let suffixed = SUFFIXES.iter().find_map(|unit| Some((quantity.strip_suffix(unit.0)?, unit.1, unit.2)));
    let (number, times, over) = suffixed.unwrap_or((quantity, 1, 1));
    let (number, exponent) = number.split_once(['e', 'E']).unwrap_or((number, "0"));
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let digits: u128 = format!("{whole}{fraction}").parse().ok()?;
    let exponent = exponent.parse::<i32>().ok()? - i32::try_from(fraction.len()).ok()? + 9;
    let power = 10_u128.checked_pow(exponent.unsigned_abs())?;
    let scaled = digits.checked_mul(times)?;
    Some(if exponent < 0 { scaled / power } else { scaled.checked_mul(power)? } / over)
}

#[cfg(test)]
mod tests {
    use super::divide;

    #[test]
    fn quantities_are_divided_and_rounded_up() {
        let table = [
            ("100m", "", 1),
            ("2", "1", 2),
            ("2000m", "0", 2),
            ("1.5", "1", 2),
            ("1.5", "1m", 1500),
            ("128Mi", "1", 134_217_728),
            ("1Gi", "1Mi", 1024),
            ("1G", "1Mi", 954),
            ("1e3", "1", 1000),
            ("0", "1", 0),
        ];
        for (quantity, divisor, expected) in table {
            assert_eq!(divide(quantity, divisor).ok(), Some(expected), "{quantity} by {divisor:?}");
        }
    }

    #[test]
    fn what_is_no_quantity_is_refused() {
        for quantity in ["", "Mi", "two", "1.2.3", "-1"] {
            assert!(divide(quantity, "1").is_err(), "{quantity:?}");
        }
    }
}
