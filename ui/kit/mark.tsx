import { cn } from './cn'

/** The sign of the house: two rails and their sleepers. */
export function Mark({ className }: { className?: string }) {
  return (
    <span
      aria-hidden
      className={cn('grid size-5 shrink-0 place-items-center rounded-[4px] bg-ink text-canvas', className)}
    >
      <svg
        viewBox="0 0 14 14"
        width="14"
        height="14"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.6"
        strokeLinecap="round"
        aria-hidden
      >
        <path d="M2 11.5 6 2.5M12 11.5 8 2.5M3.6 8h6.8M4.9 5h4.2" />
      </svg>
    </span>
  )
}
