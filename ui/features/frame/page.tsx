import type { ReactNode } from 'react'
import { StaleBanner } from './stale-banner'
import { TopBar } from './top-bar'

/**
 * The top bar above what one address shows. It stands below the boundary that brings the page's data, so that the names
 * in the breadcrumb are there from the first picture on.
 */
export function Page({ workspace, children }: { workspace: string; children: ReactNode }) {
  return (
    <>
      <TopBar workspace={workspace} />
      <StaleBanner />
      <main id="content" tabIndex={-1} className="flex min-h-0 min-w-0 flex-1 flex-col outline-none">
        {children}
      </main>
    </>
  )
}
