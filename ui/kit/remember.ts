const YEAR = 365 * 24 * 60 * 60

/** The cookie that holds a small choice of the reader. */
export const choiceCookie = (choice: string) => `trackside-${choice}`

/** Kept in a cookie, not in local storage: the server draws the first page in its final shape, and nothing jumps. */
export function rememberChoice(choice: string, value: string): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the cookie store interface exists on secure origins only
  document.cookie = `${choiceCookie(choice)}=${encodeURIComponent(value)}; path=/; max-age=${YEAR}; samesite=lax`
}
