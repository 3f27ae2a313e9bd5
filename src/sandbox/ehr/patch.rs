//! JSON Patch (RFC 6902): `add`, `replace`, `remove` and `test` on members of objects and elements of arrays.

use serde_json::Value;

/// Applies the operations in order.
///
/// # Errors
/// What is wrong with the first that cannot be done.
pub fn apply(mut resource: Value, operations: &Value) -> Result<Value, String> {
    let operations = operations.as_array().ok_or("a patch is an array of operations")?;
    for operation in operations {
        one(&mut resource, operation)?;
    }
    Ok(resource)
}

fn one(resource: &mut Value, operation: &Value) -> Result<(), String> {
    let path = operation["path"].as_str().unwrap_or_default();
    let (parent, last) = path.rsplit_once('/').ok_or_else(|| format!("no such path: {path}"))?;
    let there = resource.pointer(path).cloned();
    let parent = resource.pointer_mut(parent).ok_or_else(|| format!("no such path: {path}"))?;
    let value = operation.get("value").cloned().unwrap_or_default();
    match (operation["op"].as_str().unwrap_or_default(), there) {
        ("add", _) => set(parent, last, value, true),
        ("replace", Some(_)) => set(parent, last, value, false),
        ("remove", Some(_)) => remove(parent, last),
        ("test", Some(there)) if there == value => Some(()),
        _ => None,
    }
    .ok_or_else(|| format!("{} cannot be done at {path}", operation["op"]))
}

fn set(parent: &mut Value, last: &str, value: Value, insert: bool) -> Option<()> {
    match parent {
        Value::Object(object) => {
            object.insert(last.replace("~1", "/").replace("~0", "~"), value);
        }
        Value::Array(items) if insert => {
            let at = if last == "-" { items.len() } else { last.parse().ok()? };
            (at <= items.len()).then(|| items.insert(at, value))?;
        }
        Value::Array(items) => *items.get_mut(last.parse::<usize>().ok()?)? = value,
        _ => return None,
    }
    Some(())
}

fn remove(parent: &mut Value, last: &str) -> Option<()> {
    match parent {
        Value::Object(object) => object.remove(&last.replace("~1", "/").replace("~0", "~")).map(drop),
        Value::Array(items) => {
            let at = last.parse().ok().filter(|at| *at < items.len())?;
            items.remove(at);
            Some(())
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::apply;
    use serde_json::json;

    #[test]
    fn members_and_elements_come_change_and_go() {
        let before = json!({ "status": "booked", "slot": [{ "reference": "Slot/1" }], "comment": "x" });
        let after = apply(
            before.clone(),
            &json!([
                { "op": "test", "path": "/status", "value": "booked" },
                { "op": "replace", "path": "/slot/0/reference", "value": "Slot/2" },
                { "op": "add", "path": "/slot/-", "value": { "reference": "Slot/3" } },
                { "op": "remove", "path": "/comment" },
            ]),
        );
        let slots = json!([{ "reference": "Slot/2" }, { "reference": "Slot/3" }]);
        assert_eq!(after.unwrap(), json!({ "status": "booked", "slot": slots }));
        for wrong in [
            json!({}),
            json!([{ "op": "test", "path": "/status", "value": "free" }]),
            json!([{ "op": "replace", "path": "/nothing", "value": 1 }]),
            json!([{ "op": "add", "path": "/slot/7", "value": 1 }]),
            json!([{ "op": "remove", "path": "/a/b" }]),
            json!([{ "op": "move", "path": "/status" }]),
        ] {
            assert!(apply(before.clone(), &wrong).is_err(), "{wrong}");
        }
    }
}
