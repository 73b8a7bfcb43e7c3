/** A scroll is over when nothing has moved for so many milliseconds. */
const REST = 120

let moved = Number.NEGATIVE_INFINITY
let followed = false

/** Whether something on the page is being scrolled. */
export function isScrolling(): boolean {
  follow()
  return performance.now() - moved < REST
}

function follow() {
  if (followed) return
  followed = true
  const note = () => {
    moved = performance.now()
  }
  // Scrolling does not bubble: it is heard on its way down.
  document.addEventListener('scroll', note, { passive: true, capture: true })
}
