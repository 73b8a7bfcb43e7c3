const PREFIXES = [
  [1e15, 'P'],
  [1e12, 'T'],
  [1e9, 'G'],
  [1e6, 'M'],
  [1e3, 'k'],
] as const

/** From here on no prefix keeps a number short. */
const BEYOND = 999.5e15

/** −0.00712, 2.741, 987k, 1.04M, 3.2e-7, NaN: at most `digits` significant digits, never an exponent where a prefix serves. */
export function formatNumber(value: number, digits = 4): string {
  if (Number.isNaN(value)) return 'NaN'
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞'
  const size = Math.abs(value)
  if (size === 0) return '0'
  if (size < 1e-4 || size >= BEYOND) return minus(trimExponent(value.toExponential(Math.min(digits, 3) - 1)))
  if (size < 10_000) return minus(trimZeros(value.toPrecision(Math.max(digits, integerDigits(size)))))
  for (const [unit, prefix] of PREFIXES) {
    if (size >= unit * 0.9995)
      return `${minus(trimZeros((value / unit).toPrecision(Math.max(3, integerDigits(size / unit)))))}${prefix}`
  }
  return minus(String(value))
}

/** Three significant digits, zeros kept, so that the figures of a narrow column are alike: 0.970, 12.5, −5.31e−4. Whole numbers stay whole. */
export function formatFigure(value: number): string {
  const size = Math.abs(value)
  if (!Number.isFinite(value) || Number.isInteger(value) || size >= 999.5) return formatNumber(value)
  return minus(size < 1e-3 ? value.toExponential(2).replace('e-', 'e−') : value.toPrecision(3))
}

const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 })

/** 412,331 */
export function formatCount(value: number): string {
  return minus(grouped.format(value))
}

/** Values of one column, told apart at a thousandth of `span`: their points stand below each other where size allows it. */
export function formatAligned(value: number, span: number): string {
  const size = Math.abs(value)
  if (!Number.isFinite(value) || size >= 10_000 || !(span > 1e-6)) return formatNumber(value)
  const decimals = Math.max(0, Math.ceil(-Math.log10(span / 1000) - 1e-9))
  if (size > 0 && size < span / 1000) return formatNumber(value)
  return minus(value.toFixed(decimals))
}

/** The label of an axis tick; all ticks of an axis share the decimals that `step` needs. */
export function formatTick(value: number, step: number): string {
  const size = Math.max(Math.abs(value), step)
  if (value === 0) return '0'
  if (size >= BEYOND) return formatNumber(value)
  if (size >= 1000) {
    for (const [unit, prefix] of PREFIXES) {
      if (Math.abs(value) >= unit)
        return `${minus(trimZeros((value / unit).toFixed(decimalsOf(step / unit))))}${prefix}`
    }
  }
  if (step < 1e-4)
    return minus(
      trimExponent(value.toExponential(Math.max(0, Math.floor(Math.log10(Math.abs(value)) + 1e-9) + decimalsOf(step)))),
    )
  return minus(value.toFixed(decimalsOf(step)))
}

const SUPERSCRIPT = '⁰¹²³⁴⁵⁶⁷⁸⁹'

/** 0.1, 1, 10, 100, 1k; beyond, 10⁻⁴. */
export function formatDecade(value: number): string {
  const exponent = Math.round(Math.log10(value))
  if (exponent >= -1 && exponent <= 3) return exponent === 3 ? '1k' : formatNumber(value)
  const digits = [...String(Math.abs(exponent))].map(digit => SUPERSCRIPT[Number(digit)]).join('')
  return `10${exponent < 0 ? '⁻' : ''}${digits}`
}

/** Digits behind the point that a multiple of `step` (1, 2 or 5 times a power of ten) can have. */
function decimalsOf(step: number): number {
  return step >= 1 ? 0 : Math.min(20, Math.ceil(-Math.log10(step) - 1e-9))
}

function integerDigits(size: number): number {
  return Math.max(1, Math.floor(Math.log10(size) + 1e-12) + 1)
}

const minus = (text: string) => text.replace(/^-/, '−')
const trimZeros = (text: string) => (text.includes('.') ? text.replace(/\.?0+$/, '') : text)
const trimExponent = (text: string) =>
  text
    .replace(/\.?0+e/, 'e')
    .replace('e+', 'e')
    .replace('e-', 'e−')
