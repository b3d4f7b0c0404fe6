/// What a finding or a change is about, as the server names it: the model when nothing is named, else a diagram, a
/// cell in it, or a threat to that cell.
export interface Subject {
  readonly diagram?: { readonly id: number | null; readonly title: string };
  readonly cell?: { readonly id: string; readonly name: string; readonly kind: string };
  readonly threat?: { readonly id: string; readonly number: number | null; readonly title: string };
}
