import { Field } from '@/ui/kit/field'
import { Select, type SelectProps } from '@/ui/kit/select'

/** A choice with its name above it, as wide as the form lets it be. */
export function SelectField<V extends string>(props: Pick<SelectProps<V>, 'label' | 'value' | 'onChange' | 'options'>) {
  return <Field label={props.label}>{wiring => <Select {...props} id={wiring.id} className="w-full" />}</Field>
}
