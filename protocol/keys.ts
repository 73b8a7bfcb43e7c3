/** A key's name: any script or symbol, 1 … 1024 bytes of UTF-8. PostgreSQL's text holds no NUL. */
const KEY_BYTES_MAX = 1024

/** Why this name cannot be a key, as part of a sentence; null where it can. */
export function keyFault(name: string): string | null {
  if (name.length === 0) return 'a key is empty'
  if (name.includes('\0')) return 'a key holds a NUL character'
  if (!name.isWellFormed()) return 'a key holds half of a surrogate pair'
  if (name.length > KEY_BYTES_MAX || (name.length * 3 > KEY_BYTES_MAX && utf8Length(name) > KEY_BYTES_MAX))
    return `a key is longer than ${KEY_BYTES_MAX} bytes`
  return null
}

/** Bytes of a well-formed string in UTF-8, without encoding it. */
export function utf8Length(text: string): number {
  let bytes = text.length
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit >= 0x80) bytes += unit < 0x800 || (unit >= 0xd800 && unit < 0xe000) ? 1 : 2
  }
  return bytes
}
