package io.github.itemseal.examples.kotlin

import io.github.itemseal.Ddbec
import io.github.itemseal.TableEncryption
import io.github.itemseal.TableInfo
import io.github.itemseal.client.EncryptedDynamoDbClient
import io.github.itemseal.enhanced.AttributeActionTags.signOnly
import io.github.itemseal.enhanced.EncryptedDynamoDbEnhancedClient
import io.github.itemseal.enhanced.TypedActions
import io.github.itemseal.materials.SigningKeys
import io.github.itemseal.materials.WrappedMaterialsProvider
import io.github.itemseal.testkit.LocalDynamoDb
import java.io.PrintStream
import javax.crypto.spec.SecretKeySpec
import software.amazon.awssdk.enhanced.dynamodb.Key
import software.amazon.awssdk.enhanced.dynamodb.TableSchema
import software.amazon.awssdk.enhanced.dynamodb.mapper.StaticAttributeTags.primaryPartitionKey
import software.amazon.awssdk.enhanced.dynamodb.mapper.StaticImmutableTableSchema
import software.amazon.awssdk.services.dynamodb.DynamoDbClient
import software.amazon.awssdk.services.dynamodb.model.AttributeValue

/** What is stored: the key and the city readable and signed, the rest encrypted. */
data class Person(val id: String, val city: String?, val ssn: String?)

/** A data class has no setters: its parts are gathered here. */
private class Parts {
    var id: String? = null
    var city: String? = null
    var ssn: String? = null

    fun build() = Person(checkNotNull(id) { "A person needs an id." }, city, ssn)
}

private val schema: TableSchema<Person> =
    StaticImmutableTableSchema.builder(Person::class.java, Parts::class.java)
        .newItemBuilder({ Parts() }, { it.build() })
        .addAttribute(String::class.java) {
            it.name("id")
                .getter { person -> person.id }
                .setter { parts, value -> parts.id = value }
                .tags(primaryPartitionKey())
        }
        .addAttribute(String::class.java) {
            it.name("city")
                .getter { person -> person.city }
                .setter { parts, value -> parts.city = value }
                .tags(signOnly())
        }
        .addAttribute(String::class.java) {
            it.name("ssn").getter { person -> person.ssn }.setter { parts, value -> parts.ssn = value }
        }
        .build()

/** Runs the example on a DynamoDB in this process. */
fun main() = run(System.out)

fun run(out: PrintStream) {
    LocalDynamoDb.open().use { dynamoDb -> tell(dynamoDb.client(), out) }
}

private fun tell(plain: DynamoDbClient, out: PrintStream) {
    val exampleKey = ByteArray(32) { it.toByte() } // use your own
    val keys =
        WrappedMaterialsProvider.builder()
            .wrappingKey(SecretKeySpec(exampleKey, "AES"))
            .signingKeys(SigningKeys.mac(SecretKeySpec(exampleKey, "HmacSHA256")))
            .build()
    val encryption =
        TableEncryption.of(TableInfo.named("People"))
            .actions(TypedActions.of(schema))
            .writes(Ddbec.using(keys))
            .build()
    val client =
        EncryptedDynamoDbEnhancedClient.of(
            EncryptedDynamoDbClient.builder().client(plain).table(encryption).build()
        )
    val people = client.table("People", schema)
    people.createTable()

    people.putItem(Person("ann", "Oslo", "123-45-6789"))
    val ann = Key.builder().partitionValue("ann").build()
    val moved = client.update(people, ann) { it.copy(city = "Bergen") }
    out.println("read:   $moved")

    val stored =
        plain.getItem { it.tableName("People").key(mapOf("id" to AttributeValue.fromS("ann"))) }.item()
    out.println("stored: city ${stored["city"]?.type()}, ssn ${stored["ssn"]?.type()}")
}
