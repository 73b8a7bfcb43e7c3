/**
 * How wide a panel of a section is: the first ones take a second column where the row would otherwise end in a hole. The
 * widths are those at which a grid of panels of at least 292 px has three and four columns.
 */
export function spanOf(at: number, count: number): string {
  const three = at === 0 && (count === 1 || count % 3 === 2)
  const four = (at === 0 && (count === 1 || count % 4 === 3)) || (at < 2 && count % 4 === 2)
  if (three && four) return '@[900px]:col-span-2'
  if (three) return '@[900px]:col-span-2 @[1204px]:col-span-1'
  return four ? '@[1204px]:col-span-2' : ''
}
