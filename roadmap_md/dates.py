"""Dates as people write them beside a status, in a pattern for texts of any case."""

_MONTH = (
    r'(?:jan|feb|mar|mär|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez|ene|abr|ago|set|dic)\w*\.?'
)
DATE = (
    r'(?:\d{4}[-/.年]\s?\d{1,2}[-/.月]\s?\d{1,2}日?|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}'
    rf'|{_MONTH}\s\d{{1,2}}(?:st|nd|rd|th)?,?\s\d{{4}}|\d{{1,2}}\.?\s{_MONTH},?\s\d{{4}})'
)
