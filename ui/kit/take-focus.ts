/** A ref for the field that a click has just brought up: the reader asked for it, so it takes the focus. */
export const takeFocus = (element: HTMLElement | null) => element?.focus()
