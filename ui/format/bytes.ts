const UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB']

/** 812 B, 1.4 GB: powers of a thousand, as disks are sold. */
export function formatBytes(bytes: number): string {
  const exponent = Math.min(Math.floor(Math.log10(Math.max(Math.abs(bytes), 1)) / 3), UNITS.length - 1)
  const value = bytes / 1000 ** exponent
  return `${exponent === 0 || Math.abs(value) >= 100 ? Math.round(value) : Number(value.toFixed(1))} ${UNITS[exponent]}`
}
