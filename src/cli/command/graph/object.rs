//! A graph in JSON.

use super::picture::{Edge, Picture, Spot, Told};
use serde_json::{Map, Value as Json, json};

/// The nodes, each with the edges that lead to it.
pub(super) fn write(picture: &Picture) -> Json {
    picture.nodes.iter().map(|node| self::node(picture, node)).collect()
}

fn node(picture: &Picture, node: &Spot) -> Json {
    let mut object = Map::new();
    let mut put = |field: &str, value: Json| {
        object.insert(field.to_owned(), value);
    };
    put("name", node.name.as_str().into());
    if let Some(value) = &node.value {
        put("value", value.text.as_str().into());
    }
    put("locals", node.edges.iter().map(|edge| local(picture, edge)).collect());
    if let Some(sizes) = &node.sizes {
        put("shape", sizes.clone().into());
    }
    if let Some(body) = &node.body {
        put("text", body.text.as_str().into());
        if picture.is_symbolic {
            put("latex", body.latex.as_str().into());
        }
    }
    let Told { form, value } = &node.gradient;
    match (picture.is_symbolic, form.as_ref().or(value.as_ref())) {
        (_, None) => {}
        (false, Some(gradient)) => put("gradient", gradient.text.as_str().into()),
        (true, Some(gradient)) => {
            let mut told = json!({ "text": gradient.text, "latex": gradient.latex });
            if let Some(value) = value {
                told["value"] = value.text.as_str().into();
            }
            put("gradient", told);
        }
    }
    object.into()
}

fn local(picture: &Picture, edge: &Edge) -> Json {
    let mut object = Map::new();
    object.insert("wrt".to_owned(), picture.nodes[edge.from].name.as_str().into());
    let Told { form, value } = &edge.told;
    let form = form.as_ref().or(edge.label.as_ref().filter(|_| value.is_none()));
    if let Some(form) = form {
        object.insert("text".to_owned(), json!(form.text));
        object.insert("latex".to_owned(), json!(form.latex));
    }
    if let Some(value) = value {
        object.insert("value".to_owned(), json!(value.text));
    }
    object.into()
}
