// Package compare tells how access changes from one state of templates to
// another: between two revisions, or between a lock file and today.
//
// # What is compared
//
// Grants are compared by what they mean, never by where they are written: by
// the principal, the system of access (Azure roles and PIM requests are one),
// the scope, the role with its permissions, the conditions, and the parameter
// sets. A grant that moves to another file or module is the same grant. Names
// and ids are compared without case; what is not known in them stands in ‹ ›
// and is the same if it is written the same.
//
// A grant whose ids are known in full is one grant, however many templates make
// it. Where a part of an id is known only when the template is deployed, such
// as the subscription, each root template makes a grant of its own: a further
// template that makes it too adds access.
//
// # What a change is
//
//   - Added: no grant of the old side allows it.
//   - Widened: a grant of the old side was changed and allows what it did not:
//     a role with more permissions, a scope that holds the old one, a condition
//     that is gone, an eligible assignment that is active now, a deployment that
//     is no longer conditional, further parameter sets; or an identity is
//     attached to a further host, which may act with it from then on.
//   - NotKnown: the principal, the role or the scope waits for a parameter, is
//     known only at run time, or was not understood. Nothing is gone where such
//     a grant stands in the place of a known one: it is not narrower, it is not
//     known.
//   - NotComparable: both sides are known, but neither can be shown to allow all that
//     the other one does: conditions of which one is not the other, roles whose
//     permissions are not known.
//   - NowKnown: a grant of which that was not known is known now. Nobody can have
//     agreed to it before.
//   - Restated: written in another way, allows the same, or adds nothing to
//     another grant of the same principal.
//   - Narrowed, Removed: the opposites of widened and added.
//
// Whatever is not sure counts as wider: the kinds up to NowKnown widen access,
// the others do not. If a change both allows more and less, it is wider.
//
// # What is not compared
//
// Grants that are not deployed with the given parameters (a false condition, an
// empty loop) are no access; the coverage counts them. Conditions are compared
// as text, white space aside. Whether a management group holds a subscription is
// not known from their ids: a grant that moves from one to the other is removed
// and added. An identity whose name changes is another identity.
//
// Names of which a part is not known are compared as they are written, calls
// with all of their arguments; if several principals of one side are written
// alike, they are counted. One of them that takes the place of another is not
// noticed. Nor is a further parameter file with which a template makes the same
// grants as before, though it may be deployed to a further place with it.
//
// Of one principal, no more than 64 grants that changed are compared each with
// each; what lies beyond is told as removed and added.
package compare
