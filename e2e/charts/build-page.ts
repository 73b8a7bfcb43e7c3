import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import tailwind from '@tailwindcss/postcss'
import { build, type Plugin } from 'esbuild'
import postcss from 'postcss'

const root = resolve(import.meta.dirname, '../..')

/** Runs Tailwind over our one global sheet, as the app's build does. */
const styles: Plugin = {
  name: 'styles',
  setup(bundle) {
    bundle.onLoad({ filter: /globals\.css$/ }, async ({ path }) => {
      const done = await postcss([tailwind({ base: root })]).process(await readFile(path, 'utf8'), { from: path })
      return { contents: done.css, loader: 'css', resolveDir: resolve(path, '..') }
    })
  },
}

/** One HTML document with script, styles and fonts inside: a page of charts without a server. */
export async function buildPage(entry: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [resolve(import.meta.dirname, entry)],
    bundle: true,
    write: false,
    outdir: 'out',
    format: 'iife',
    jsx: 'automatic',
    alias: { '@': root },
    loader: { '.woff2': 'dataurl' },
    define: { 'process.env.NODE_ENV': '"production"' },
    plugins: [styles],
  })
  const text = (ending: string) => outputFiles.find(file => file.path.endsWith(ending))?.text ?? ''
  const script = text('.js').replaceAll('</script', '<\\/script')
  return `<!doctype html><html lang="en" data-theme="light"><meta charset="utf-8"><title>Charts</title><style>${text('.css')}</style><div id="root"></div><script>${script}</script></html>`
}
