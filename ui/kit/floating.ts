/** The look shared by everything that floats: the only things with a shadow. */
export const floating = 't-small z-50 rounded-lg bg-raised text-ink shadow-pop outline-none'

export const floatingItem =
  't-small relative flex h-7 cursor-default select-none items-center gap-2 rounded-md px-2 outline-none data-[disabled]:text-ink-off data-[highlighted]:bg-hover data-[selected=true]:bg-selected [&_svg]:size-3.5 [&_svg]:shrink-0'
