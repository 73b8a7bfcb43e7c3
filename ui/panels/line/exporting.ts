import type { ChartLine, XKind, Zoom } from '@/ui/charts/line'
import type { ChartAxes } from '@/ui/charts/line-chart'
import { linesCsv } from '@/ui/charts/lines-csv'
import type { Look } from '@/ui/charts/look'
import { plotOf } from '@/ui/charts/plot'
import { readInk } from '@/ui/charts/use-ink'

/** What a panel shows, as its files are made of. */
export type ShownPanel = {
  title: string
  lines: readonly ChartLine[]
  kind: XKind
  xName: string
  window: Zoom | null
  axes: ChartAxes
  look: Look
}

/** A page's width: wide enough for a legend, and to stand in a paper. */
const SIZE = { width: 960, height: 420 }

export function saveCsv({ title, lines, xName, window }: ShownPanel): void {
  save(new Blob([linesCsv(lines, xName, window)], { type: 'text/csv' }), `${fileName(title)}.csv`)
}

export async function saveSvg(shown: ShownPanel, truth: string): Promise<void> {
  save(new Blob([await svgOf(shown, truth)], { type: 'image/svg+xml' }), `${fileName(shown.title)}.svg`)
}

/** The same drawing on a canvas, at twice its size. */
export async function savePng(shown: ShownPanel, truth: string): Promise<void> {
  const address = URL.createObjectURL(new Blob([await svgOf(shown, truth)], { type: 'image/svg+xml' }))
  try {
    const picture = new Image()
    picture.src = address
    await picture.decode()
    const canvas = document.createElement('canvas')
    canvas.width = picture.naturalWidth * 2
    canvas.height = picture.naturalHeight * 2
    canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height)
    const blob = await new Promise<Blob | null>(done => canvas.toBlob(done, 'image/png'))
    if (blob) save(blob, `${fileName(shown.title)}.png`)
  } finally {
    URL.revokeObjectURL(address)
  }
}

async function svgOf({ title, lines, kind, xName, window, axes, look }: ShownPanel, truth: string): Promise<string> {
  const { chartSvg } = await import('@/ui/charts/chart-svg')
  const style = getComputedStyle(document.documentElement)
  const plot = plotOf(lines, { ...axes, kind, window }, SIZE.width, SIZE.height)
  return chartSvg({
    ...{ title, lines, plot, look, ...SIZE },
    truth: `${truth} · x: ${xName}`,
    ink: readInk(),
    paper: style.getPropertyValue('--surface').trim(),
    text: style.getPropertyValue('--text').trim(),
  })
}

const fileName = (title: string) => title.replace(/[^\p{L}\p{N}._-]+/gu, '-').replace(/^-+|-+$/g, '') || 'chart'

function save(blob: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}
