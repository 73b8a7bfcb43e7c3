import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { LineChart } from 'echarts/charts'
import { GridComponent, LegendComponent, TitleComponent } from 'echarts/components'
import { init, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import { newest, RESULTS } from './results.ts'
import type { Plot } from './row.ts'

/** Draws every plot of growth as an SVG beside the JSON it comes from; returns the names of the files. */
export function drawPlots(): string[] {
  use([LineChart, GridComponent, LegendComponent, TitleComponent, SVGRenderer])
  return newest().flatMap(({ outcome }) =>
    (outcome.plots ?? []).map((plot, no) => {
      const name = `${outcome.id}-${no + 1}.svg`.toLowerCase()
      writeFileSync(join(RESULTS, name), svgOf(plot))
      return name
    }),
  )
}

function svgOf({ title, x, y, linear, lines }: Plot): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: 640, height: 360 })
  const axis = { type: linear ? ('value' as const) : ('log' as const), nameLocation: 'middle' as const, nameGap: 36 }
  chart.setOption({
    animation: false,
    backgroundColor: '#ffffff',
    title: { text: title, left: 8, top: 4, textStyle: { fontSize: 14 } },
    legend: { top: 28, left: 8 },
    grid: { left: 64, right: 24, top: 64, bottom: 56 },
    xAxis: { ...axis, name: x },
    yAxis: { ...axis, name: y, min: linear ? 0 : undefined },
    series: Object.entries(lines).map(([name, data]) => ({ type: 'line' as const, name, data, symbolSize: 6 })),
  })
  const svg = chart.renderToSVGString()
  chart.dispose()
  return `${svg}\n`
}
