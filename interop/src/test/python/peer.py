"""The Python client, driven line by line: one JSON object in, one out.

    {"call": "provider", "name": ..., "type": "static" | "wrapped" | "kms" | "most-recent", ...} -> {}
    {"call": "new-version", "store": {...}, "material": ...}  -> {}, in a MetaStore
    {"call": "encrypt" | "decrypt", "provider": ..., "table": ..., "partitionKey": ...,
     "sortKey": ..., "actions": {"default": ..., "attributes": {...}}, "item": {...}}  -> {"item": ...}

Items are in DynamoDB's own JSON, binary values in Base64. What the client raises is answered as
{"error": <name of the class>, "message": ...}. Ends with its input.
"""

import base64
import json
import logging
import sys

import boto3
import botocore.session
from dynamodb_encryption_sdk.delegated_keys.jce import JceNameLocalDelegatedKey
from dynamodb_encryption_sdk.encrypted import CryptoConfig
from dynamodb_encryption_sdk.encrypted.item import decrypt_dynamodb_item, encrypt_dynamodb_item
from dynamodb_encryption_sdk.exceptions import NoKnownVersionError
from dynamodb_encryption_sdk.identifiers import CryptoAction, EncryptionKeyType, KeyEncodingType
from dynamodb_encryption_sdk.material_providers.aws_kms import AwsKmsCryptographicMaterialsProvider
from dynamodb_encryption_sdk.material_providers.most_recent import CachingMostRecentProvider
from dynamodb_encryption_sdk.material_providers.static import StaticCryptographicMaterialsProvider
from dynamodb_encryption_sdk.material_providers.store.meta import MetaStore
from dynamodb_encryption_sdk.material_providers.wrapped import WrappedCryptographicMaterialsProvider
from dynamodb_encryption_sdk.materials.raw import RawDecryptionMaterials, RawEncryptionMaterials
from dynamodb_encryption_sdk.structures import AttributeActions, EncryptionContext

TYPES = {
    "SECRET": (EncryptionKeyType.SYMMETRIC, KeyEncodingType.RAW),
    "PRIVATE": (EncryptionKeyType.PRIVATE, KeyEncodingType.DER),
    "PUBLIC": (EncryptionKeyType.PUBLIC, KeyEncodingType.DER),
}

providers = {}


def key_of(spec):
    key_type, encoding = TYPES[spec["type"]]
    return JceNameLocalDelegatedKey(
        key=base64.b64decode(spec["material"]),
        algorithm=spec["algorithm"],
        key_type=key_type,
        key_encoding=encoding,
    )


def provider_of(spec):
    if spec["type"] == "static":
        encryption, signing = key_of(spec["encryptionKey"]), key_of(spec["signingKey"])
        return StaticCryptographicMaterialsProvider(
            encryption_materials=RawEncryptionMaterials(
                signing_key=signing, encryption_key=encryption
            ),
            decryption_materials=RawDecryptionMaterials(
                verification_key=signing, decryption_key=encryption
            ),
        )
    if spec["type"] == "wrapped":
        return WrappedCryptographicMaterialsProvider(
            signing_key=key_of(spec["signingKey"]),
            wrapping_key=key_of(spec["wrappingKey"]),
            unwrapping_key=key_of(spec["unwrappingKey"]),
        )
    if spec["type"] == "most-recent":
        return CachingMostRecentProvider(
            provider_store=store_of(spec["store"]),
            material_name=spec["material"],
            version_ttl=3600.0,
        )
    client = boto3.client(
        "kms",
        endpoint_url=spec["endpoint"],
        region_name=spec["region"],
        aws_access_key_id="testkey",
        aws_secret_access_key="testsecret",
    )
    return AwsKmsCryptographicMaterialsProvider(
        key_id=spec["keyId"],
        botocore_session=botocore.session.Session(),
        regional_clients={spec["region"]: client},
    )


def store_of(spec):
    """The MetaStore in a table, its rows protected by a provider that was made before."""
    resource = boto3.resource(
        "dynamodb",
        endpoint_url=spec["endpoint"],
        region_name=spec["region"],
        aws_access_key_id="testkey",
        aws_secret_access_key="testsecret",
    )
    return MetaStore(
        table=resource.Table(spec["table"]), materials_provider=providers[spec["rows"]]
    )


def new_version(spec):
    store = store_of(spec["store"])
    try:
        store.new_provider(spec["material"])
    except NoKnownVersionError:  # it does not make the first one
        store.get_or_create_provider(spec["material"], 0)


def map_binary(value, of_binary):
    """An attribute value with each binary value replaced, nested ones included."""
    ((kind, content),) = value.items()
    if kind == "B":
        return {kind: of_binary(content)}
    if kind == "BS":
        return {kind: [of_binary(member) for member in content]}
    if kind == "L":
        return {kind: [map_binary(element, of_binary) for element in content]}
    if kind == "M":
        return {kind: map_item(content, of_binary)}
    return value


def map_item(item, of_binary):
    return {name: map_binary(value, of_binary) for name, value in item.items()}


def crypto_config(request):
    actions = request["actions"]
    return CryptoConfig(
        materials_provider=providers[request["provider"]],
        encryption_context=EncryptionContext(
            table_name=request.get("table"),
            partition_key_name=request.get("partitionKey"),
            sort_key_name=request.get("sortKey"),
        ),
        attribute_actions=AttributeActions(
            default_action=CryptoAction[actions["default"]],
            attribute_actions={
                name: CryptoAction[action] for name, action in actions["attributes"].items()
            },
        ),
    )


def answer(request):
    if request["call"] == "provider":
        providers[request["name"]] = provider_of(request)
        return {}
    if request["call"] == "new-version":
        new_version(request)
        return {}
    item = map_item(request["item"], base64.b64decode)
    # The client's own helpers put the item there; the KMS provider takes the keys from it.
    config = crypto_config(request).with_item(item)
    call = encrypt_dynamodb_item if request["call"] == "encrypt" else decrypt_dynamodb_item
    result = call(dict(item), config)
    return {"item": map_item(result, lambda content: base64.b64encode(content).decode("ascii"))}


def main():
    logging.disable(logging.CRITICAL)
    for line in sys.stdin:
        try:
            result = answer(json.loads(line))
        except Exception as error:  # every refusal is an answer
            result = {"error": type(error).__name__, "message": str(error)}
        sys.stdout.write(json.dumps(result) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
