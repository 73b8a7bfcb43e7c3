/**
 * Returns a watch that says when an element comes as near to the view as `margin`, and when it has left. One observer for
 * all elements: each of a hundred would look at every frame of a scroll.
 */
export function nearView(margin: string): (element: Element, tell: (near: boolean) => void) => () => void {
  const told = new WeakMap<Element, (near: boolean) => void>()
  let observer: IntersectionObserver | undefined
  return (element, tell) => {
    observer ??= new IntersectionObserver(
      entries => {
        for (const { target, isIntersecting } of entries) told.get(target)?.(isIntersecting)
      },
      // The first counts where the page scrolls, the second where a box within it does.
      { rootMargin: margin, scrollMargin: margin },
    )
    told.set(element, tell)
    observer.observe(element)
    return () => {
      told.delete(element)
      observer?.unobserve(element)
    }
  }
}
