/**
 * A text as a field of a CSV file (RFC 4180). One that a spreadsheet would take for a formula begins with an apostrophe
 * (docs/decisions/004-csv-for-spreadsheets.md).
 */
export function csvText(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
