"""The register as tables for people: sheets of a workbook, or one kind at a time as CSV."""
