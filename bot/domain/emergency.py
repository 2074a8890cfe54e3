"""The numbers to call in danger, by country; the operator's configuration stands before this table."""

from __future__ import annotations

from collections.abc import Mapping

_COUNTRIES = {
    "Asia/Shanghai": "CN", "Asia/Urumqi": "CN", "Asia/Hong_Kong": "HK", "Asia/Taipei": "TW", "Asia/Singapore": "SG",
    "Asia/Tokyo": "JP", "Asia/Kolkata": "IN", "Europe/London": "GB", "America/New_York": "US", "America/Chicago": "US",
    "America/Denver": "US", "America/Los_Angeles": "US", "America/Sao_Paulo": "BR", "Africa/Lagos": "NG",
    "Africa/Nairobi": "KE", "Australia/Sydney": "AU",
}  # fmt: skip
NUMBERS: dict[str, str] = {
    "CN": "110 · 119 · 120",
    "HK": "999",
    "TW": "110 · 119",
    "SG": "999 · 995",
    "JP": "110 · 119",
    "IN": "112",
    "GB": "999",
    "US": "911",
    "BR": "190 · 192 · 193",
    "NG": "112",
    "KE": "999",
    "AU": "000",
    "EU": "112",
}


def country_of(zone: str) -> str:
    """Return the country whose numbers serve a time zone, 'EU' for the rest of Europe, '' where none is known."""
    return _COUNTRIES.get(zone, "EU" if zone.startswith("Europe/") else "")


def numbers_for(zone: str, configured: Mapping[str, str]) -> str:
    """Return the numbers to call in a community of that zone; '' where none are known.

    `configured` are the operator's, by country or by zone; a zone's own go before its country's.
    """
    country = country_of(zone)
    return configured.get(zone) or configured.get(country) or NUMBERS.get(country, "")
