//! What CSL takes for granted and the processor does not: names that have a label and no form of their own
//! are printed in the form that holds where none is given. The processor prints only the label, so that a
//! list of works in Vancouver would lack its authors.

use hayagriva::citationberg::{
    ChooseBranch, IndependentStyle, LayoutRenderingElement, Name, Names, NamesChild,
};

/// The style with a form for all names.
pub(super) fn completed(mut style: IndependentStyle) -> IndependentStyle {
    for written in &mut style.macros {
        complete(&mut written.children);
    }
    complete(&mut style.citation.layout.elements);
    if let Some(bibliography) = &mut style.bibliography {
        complete(&mut bibliography.layout.elements);
    }
    style
}

fn complete(elements: &mut [LayoutRenderingElement]) {
    for element in elements {
        match element {
            LayoutRenderingElement::Names(names) => give_form(names),
            LayoutRenderingElement::Group(group) => complete(&mut group.children),
            LayoutRenderingElement::Choose(choose) => {
                let branch = |branch: &mut ChooseBranch| complete(&mut branch.children);
                branch(&mut choose.if_);
                choose.else_if.iter_mut().for_each(branch);
                if let Some(otherwise) = &mut choose.otherwise {
                    complete(&mut otherwise.children);
                }
            }
            _ => {}
        }
    }
}

fn give_form(names: &mut Names) {
    let has_form = names.children.iter().any(|child| matches!(child, NamesChild::Name(_)));
    if !has_form && !names.children.is_empty() {
        names.children.insert(0, NamesChild::Name(Name::default()));
    }
}
