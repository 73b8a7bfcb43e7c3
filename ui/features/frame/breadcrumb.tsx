import Link from 'next/link'
import { Fragment } from 'react'
import { cn } from '@/ui/kit/cn'

export type Crumb = { label: string; href?: string }

/** Where this page lies. A narrow screen keeps the last two steps. */
export function Breadcrumb({ crumbs }: { crumbs: readonly Crumb[] }) {
  const last = crumbs.length - 1
  return (
    <nav aria-label="Breadcrumb" className="flex min-w-0 items-center gap-2 whitespace-nowrap">
      {crumbs.map((crumb, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a step is its depth
        <Fragment key={at}>
          {at > 0 ? (
            <span aria-hidden className={cn('text-ink-off', at < last && 'max-md:hidden')}>
              /
            </span>
          ) : null}
          {at < last && crumb.href ? (
            <Link
              href={crumb.href}
              className={cn('max-w-52 truncate text-ink-2 hover:underline', at < last - 1 && 'max-md:hidden')}
            >
              {crumb.label}
            </Link>
          ) : (
            <b aria-current="page" className="min-w-0 truncate font-semibold">
              {crumb.label}
            </b>
          )}
        </Fragment>
      ))}
    </nav>
  )
}
