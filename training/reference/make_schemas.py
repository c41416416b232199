"""Writes what ONNX's own schemas (Apache-2.0) say of every operator: schemas.ts of packages/onnx-gradients/src/onnx/generated.

    python training/reference/make_schemas.py
"""

from pathlib import Path

from onnx import defs

TYPES = [
    "float", "uint8", "int8", "uint16", "int16", "int32", "int64", "bool", "float16", "double", "uint32", "uint64",
    "bfloat16",
]
KINDS = {
    "INT": "int", "FLOAT": "float", "STRING": "string", "TENSOR": "tensor", "GRAPH": "graph", "INTS": "ints",
    "FLOATS": "floats", "STRINGS": "strings",
}
OUT = Path(__file__).resolve().parents[2] / "packages" / "onnx-gradients" / "src" / "onnx" / "generated" / "schemas.ts"
MANY = 2**31 - 1


def mask(type_strings):
    """A bit for each of TYPES; other types (strings, sequences, float8) Easel does not handle."""
    names = {text[len("tensor("):-1] for text in type_strings if text.startswith("tensor(")}
    return sum(1 << index for index, name in enumerate(TYPES) if name in names)


def parameter(formal):
    is_free = formal.option == defs.OpSchema.FormalParameterOption.Variadic and not formal.is_homogeneous
    text = formal.type_str
    name = f"={mask([text]):x}" if text.startswith("tensor(") else text if text.isalnum() else "*"
    option = {"Single": "", "Optional": "?", "Variadic": "+"}[formal.option.name]
    return ("*" if is_free else name) + option


def line(schema):
    most = lambda count: "n" if count >= MANY else str(count)
    attributes = " ".join(
        f"{name}{'!' if attribute.required else ''}:{KINDS.get(attribute.type.name, 'other')}"
        for name, attribute in sorted(schema.attributes.items())
    )
    constraints = " ".join(f"{c.type_param_str}={mask(c.allowed_type_strs):x}" for c in schema.type_constraints)
    counts = f"{schema.min_input} {most(schema.max_input)} {schema.min_output} {most(schema.max_output)}"
    inputs = " ".join(parameter(formal) for formal in schema.inputs)
    head = f"{schema.name} {schema.since_version} {counts}{' deprecated' if schema.deprecated else ''}"
    return " | ".join([head, inputs, attributes, constraints])


schemas = sorted(
    (schema for schema in defs.get_all_schemas_with_history() if schema.domain == ""),
    key=lambda schema: (schema.name, schema.since_version),
)
text = "\n".join(line(schema) for schema in schemas)
OUT.write_text(
    "// Written by training/reference/make_schemas.py from the schemas of ONNX (Apache-2.0); do not edit.\n\n"
    f"/** The newest opset in the table. */\nexport const NEWEST_OPSET = {defs.onnx_opset_version()};\n\n"
    "/**\n * One line an operator and version: name, version, least and most inputs and outputs | types of inputs | attributes |\n"
    " * what each type variable may be, as bits in the order of `TYPES`.\n */\n"
    f"export const SCHEMAS = `\n{text}\n`;\n\n"
    "/** The order of the bits. */\nexport const TYPES = [\n"
    + "".join(f"  '{ {'float': 'float32', 'double': 'float64'}.get(name, name)}',\n" for name in TYPES)
    + "] as const;\n"
)
