// Takes every screen at 1440 and 390 px in both themes, of a server that runs:
//   node e2e/pictures.ts --url http://127.0.0.1:4700 --email ada@example.org --password … --out /tmp/pictures [--only run,project]
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type BrowserContext, chromium, type Page } from '@playwright/test'

const { values } = parseArgs({
  options: {
    url: { type: 'string', default: 'http://127.0.0.1:3000' },
    email: { type: 'string', default: '' },
    password: { type: 'string', default: '' },
    out: { type: 'string', default: 'pictures' },
    only: { type: 'string' },
  },
})

type Act = (page: Page) => Promise<unknown>
type Shot = {
  name: string
  path: string
  signedOut?: boolean
  /** Before the page is opened, and when it has been drawn. */
  prepare?: Act
  before?: Act
}

const sizes = { desktop: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } } as const
const themes = ['light', 'dark'] as const

/** The pages that this server has, found as a reader would: by following its links. */
async function shotsOf(page: Page): Promise<Shot[]> {
  const home = new URL(page.url()).pathname
  const projects = await hrefs(page, `${home}/-/projects`, 'table a')
  const project = projects[0] ?? home
  await page.goto(values.url + project)
  const run = (await hrefs(page, project, 'aside a'))[0]
  const figure = (page: Page) => page.locator('article figure').first()
  return [
    { name: 'sign-in', path: '/login', signedOut: true },
    { name: 'home', path: home },
    { name: 'projects', path: `${home}/-/projects` },
    { name: 'profile', path: `${home}/-/settings/profile` },
    { name: 'members', path: `${home}/-/settings/members` },
    { name: 'keys', path: `${home}/-/settings/keys` },
    {
      name: 'new-key',
      path: `${home}/-/settings/keys`,
      before: page => page.getByRole('button', { name: 'New key' }).click(),
    },
    ...projects.map((path, at) => ({ name: `project-${at + 1}`, path })),
    { name: 'project-runs', path: `${project}?pane=runs` },
    { name: 'project-smooth', path: `${project}?smooth=0.9&log=true` },
    { name: 'project-hover', path: project, before: page => figure(page).hover({ position: { x: 180, y: 70 } }) },
    { name: 'project-error', path: project, prepare: refuseSeries },
    { name: 'project-loading', path: project, prepare: page => page.route('**/api/series', () => {}) },
    {
      name: 'project-stale',
      path: project,
      prepare: cutLater,
      before: page => page.getByText('Offline since').waitFor(),
    },
    {
      name: 'shortcuts',
      path: project,
      before: async page => {
        await page.getByRole('heading', { level: 1 }).waitFor({ state: 'attached' })
        await page.keyboard.press('?')
      },
    },
    { name: 'project-nothing', path: `${project}?q=no-run-is-called-this` },
    ...(run
      ? [
          { name: 'run', path: run },
          { name: 'run-system', path: `${run}/system` },
          { name: 'run-overview', path: `${run}/overview` },
        ]
      : []),
    { name: 'not-found', path: '/no-such-workspace' },
  ]
}

/** Waits until the panels in view have their lines (a live page is never idle), or says that they have not. */
async function drawn(page: Page) {
  await page.waitForLoadState('networkidle').catch(() => {})
  await page.evaluate(() => document.fonts.ready)
  const blank = page
    .locator('article:visible, section[aria-label^="system/"]')
    .filter({ hasNot: page.locator('canvas, img') })
  const inView = () =>
    blank.evaluateAll(all => all.filter(each => each.getBoundingClientRect().top < innerHeight - 40).length)
  for (const end = Date.now() + 8_000; Date.now() < end && (await inView()) > 0; )
    await page.evaluate(() => new Promise(done => requestAnimationFrame(done)))
}

const refuseSeries: Act = page =>
  page.route('**/api/series', route => route.fulfill({ status: 503, json: { error: fault } }))

const fault = { code: 'LIMIT', message: 'The server is busy. Try again in a moment.', request_id: 'req_of_a_picture' }

/** The line to the server is cut once the page has what it shows. */
async function cutLater(page: Page) {
  let away = false
  await page.route(/transport=polling/, route => (away ? route.abort() : route.continue()))
  await page.routeWebSocket(/socket\.io/, browser => {
    if (away) return void browser.close({ code: 1001 })
    const server = browser.connectToServer()
    setTimeout(async () => {
      away = true
      await server.close({ code: 1001 })
      await browser.close({ code: 1001 })
    }, 6000)
  })
}

async function hrefs(page: Page, path: string, selector: string): Promise<string[]> {
  await page.goto(values.url + path)
  await page.waitForLoadState('networkidle')
  const found = await page.locator(selector).evaluateAll(links => links.map(link => link.getAttribute('href') ?? ''))
  return [...new Set(found.filter(Boolean))]
}

async function signIn(context: BrowserContext): Promise<Page> {
  const page = await context.newPage()
  await page.goto(`${values.url}/login`)
  await page.getByLabel('E-mail').fill(values.email)
  await page.getByLabel('Password').fill(values.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL(url => !url.pathname.startsWith('/login'))
  return page
}

const executablePath = ['/usr/bin/chromium', '/usr/bin/google-chrome'].find(existsSync)
const browser = await chromium.launch({
  ...(executablePath && { executablePath }),
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
})
mkdirSync(values.out, { recursive: true })
const wanted = values.only?.split(',')
const member = await browser.newContext({ viewport: sizes.desktop })
const shots = await shotsOf(await signIn(member))
const state = await member.storageState()
for (const shot of shots.filter(({ name }) => !wanted || wanted.includes(name))) {
  for (const [size, viewport] of Object.entries(sizes)) {
    const options = { viewport, hasTouch: size === 'phone', ...(!shot.signedOut && { storageState: state }) }
    const context = await browser.newContext(options)
    const page = await context.newPage()
    const faults: string[] = []
    page.on('console', message => message.type() === 'error' && faults.push(message.text()))
    page.on('pageerror', error => faults.push(error.message))
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
    await shot.prepare?.(page)
    await page.goto(values.url + shot.path)
    await drawn(page)
    await shot.before?.(page).catch((error: Error) => faults.push(error.message))
    for (const colorScheme of themes) {
      await page.emulateMedia({ colorScheme })
      await page.locator(`html[data-theme=${colorScheme}]`).waitFor()
      await page.evaluate(() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))))
      await page.screenshot({ path: join(values.out, `${shot.name}-${size}-${colorScheme}.png`) })
    }
    console.log(`${shot.name} ${size}${faults.length > 0 ? `: ${[...new Set(faults)].join(' | ').slice(0, 400)}` : ''}`)
    await context.close()
  }
}
await member.close()
await browser.close()
