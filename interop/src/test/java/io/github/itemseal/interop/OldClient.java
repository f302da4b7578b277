package io.github.itemseal.interop;

import com.amazonaws.services.dynamodbv2.datamodeling.encryption.DynamoDBEncryptor;
import com.amazonaws.services.dynamodbv2.datamodeling.encryption.EncryptionContext;
import com.amazonaws.services.dynamodbv2.datamodeling.encryption.EncryptionFlags;
import com.amazonaws.services.dynamodbv2.datamodeling.encryption.providers.EncryptionMaterialsProvider;
import io.github.itemseal.AttributeActions;
import io.github.itemseal.CryptoAction;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The old Java client's item encryptor, spoken to in this library's terms. Thread-safe. */
final class OldClient {
  static final String ARTIFACT = "com.amazonaws:aws-dynamodb-encryption-java";

  private final DynamoDBEncryptor encryptor;
  private final EncryptionContext context;

  OldClient(
      EncryptionMaterialsProvider provider,
      @Nullable String tableName,
      String partitionKeyName,
      @Nullable String sortKeyName) {
    this(DynamoDBEncryptor.getInstance(provider), tableName, partitionKeyName, sortKeyName);
  }

  /** With an encryptor that is configured otherwise than by default. */
  OldClient(
      DynamoDBEncryptor encryptor,
      @Nullable String tableName,
      String partitionKeyName,
      @Nullable String sortKeyName) {
    this.encryptor = encryptor;
    this.context =
        new EncryptionContext.Builder()
            .withTableName(tableName)
            .withHashKeyName(partitionKeyName)
            .withRangeKeyName(sortKeyName)
            .build();
  }

  Map<String, AttributeValue> encryptItem(
      Map<String, AttributeValue> item, AttributeActions actions) {
    try {
      return Sdk1Items.toSdk2(
          encryptor.encryptRecord(Sdk1Items.toSdk1(item), flags(item, actions), context));
    } catch (GeneralSecurityException e) {
      throw new Refused(e);
    }
  }

  Map<String, AttributeValue> decryptItem(
      Map<String, AttributeValue> item, AttributeActions actions) {
    try {
      return Sdk1Items.toSdk2(
          encryptor.decryptRecord(Sdk1Items.toSdk1(item), flags(item, actions), context));
    } catch (GeneralSecurityException e) {
      throw new Refused(e);
    }
  }

  /** Every attribute of the item that is not the format's own, DO_NOTHING as no flags at all. */
  private Map<String, Set<EncryptionFlags>> flags(
      Map<String, AttributeValue> item, AttributeActions actions) {
    Map<String, Set<EncryptionFlags>> flags = new HashMap<>();
    for (String name : item.keySet()) {
      if (name.equals(encryptor.getSignatureFieldName())
          || name.equals(encryptor.getMaterialDescriptionFieldName())) {
        continue;
      }
      Set<EncryptionFlags> set = EnumSet.noneOf(EncryptionFlags.class);
      CryptoAction action = actions.actionFor(name);
      if (action.signs()) {
        set.add(EncryptionFlags.SIGN);
      }
      if (action.encrypts()) {
        set.add(EncryptionFlags.ENCRYPT);
      }
      flags.put(name, set);
    }
    return flags;
  }

  /** Its version, from the jar itself, not from our build. */
  static String version() {
    String properties = "/META-INF/maven/" + ARTIFACT.replace(':', '/') + "/pom.properties";
    try (InputStream in = OldClient.class.getResourceAsStream(properties)) {
      Properties pom = new Properties();
      pom.load(in);
      return pom.getProperty("version");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The old client refused an item, with the checked exception that is the cause. */
  static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Refused(GeneralSecurityException cause) {
      super(cause.getMessage(), cause);
    }
  }
}
