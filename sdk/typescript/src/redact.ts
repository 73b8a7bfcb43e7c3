/** Secrets are taken out by name before anything leaves the machine. */
export const HIDDEN = '[redacted]'
const NAME = /(key|token|secret|passw|passwd|pwd|credential|auth|cookie|session|private|signature|dsn)/i
const HARMLESS =
  /(keys?[_-]?(dim|size|name|value)|tokeni[sz]er|max[_-]?tokens?|num[_-]?tokens?|n[_-]?tokens?|tokens?[_-]per|author)/i
const SHORT_OPTION = /^-{1,2}(p|pw|pass)$/i
const SHAPE =
  /(tsk-[A-Za-z0-9_-]{20,}|gh[pousr]_[A-Za-z0-9]{20,}|github_pat_[A-Za-z0-9_]{20,}|hf_[A-Za-z0-9]{20,}|sk-[A-Za-z0-9_-]{20,}|xox[abprs]-[A-Za-z0-9-]{10,}|AKIA[A-Z0-9]{16}|eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]+)/g
const PRIVATE_KEY = /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$(?![\s\S]))/g
// password = "…", "api_key": "…", ?token=…, DB_PASSWORD=… at the start of a line: the name decides, the value goes.
const QUOTED = /(?<![\w.-])([\w.-]{1,64})(["']?\s{0,8}[:=]\s{0,8}["'])[^"'\n]{4,}(?=["'])/g
const BARE = /(?<![\w.-])([\w.-]{1,64})(=)[^&\s"'()[\]{}]{4,}/g
const HOLDS = /(api|access|private|secret|signing|encryption|auth)[_\-.]?key|secret|token|passw|passwd|pwd|credential/i
const LOGIN_IN_URL = /(?<![a-z0-9+.-])([a-z][a-z0-9+.-]{0,30}:\/\/)[^/\s@]+@/gi

/** Whether a variable or an option of this name holds a secret. */
export function isSecret(name: string): boolean {
  return NAME.test(name) && !HARMLESS.test(name)
}

/** Without private keys, logins in addresses, values given to secret names, and well-known kinds of key. */
export function redactText(text: string): string {
  return text
    .replace(PRIVATE_KEY, HIDDEN)
    .replace(LOGIN_IN_URL, `$1${HIDDEN}@`)
    .replace(SHAPE, HIDDEN)
    .replace(QUOTED, withoutValue)
    .replace(BARE, withoutValue)
}

const withoutValue = (given: string, name: string, to: string) =>
  HOLDS.test(name) && !HARMLESS.test(name) ? `${name}${to}${HIDDEN}` : given

/** `--password x`, `--password=x`, `PASSWORD=x` and `-p x` keep their name only. */
export function redactArguments(args: readonly string[]): string[] {
  let hideNext = false
  return args.map(argument => {
    const equals = argument.indexOf('=')
    const name = equals < 0 ? argument : argument.slice(0, equals)
    const hidden = hideNext && !argument.startsWith('-')
    hideNext = equals < 0 && argument.startsWith('-') && asksForSecret(argument)
    if (hidden) return HIDDEN
    return equals >= 0 && asksForSecret(name) ? `${name}=${HIDDEN}` : redactText(argument)
  })
}

/** `-p` may be a port: hiding one costs less than showing a password. */
const asksForSecret = (option: string) => isSecret(option) || SHORT_OPTION.test(option)

export function redactVariables(variables: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(variables).map(([name, value]) => [name, isSecret(name) ? HIDDEN : redactText(value ?? '')]),
  )
}
