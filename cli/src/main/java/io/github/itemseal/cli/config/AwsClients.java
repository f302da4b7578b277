package io.github.itemseal.cli.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.auth.credentials.SystemPropertyCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.AwsProfileRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProviderChain;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.regions.providers.SystemSettingsRegionProvider;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * The AWS clients of one run: one for each place, built when it is first asked for, and all closed
 * at the end. Building asks nothing of AWS. Not thread-safe; the clients are.
 */
public final class AwsClients implements AutoCloseable {
  /** Not a key of anybody: local servers want a signature but do not check it. */
  private static final AwsCredentialsProvider DUMMY_CREDENTIALS =
      StaticCredentialsProvider.create(
          AwsBasicCredentials.create("ITEMSEALDUMMYKEYID", "dummy-secret-for-local-servers"));

  /** A local server needs a Region to be named, which one does not matter. */
  private static final Region LOCAL_REGION = Region.US_EAST_1;

  private final Map<Place, KmsClient> kms = new HashMap<>();
  private final Map<Place, DynamoDbClient> dynamoDb = new HashMap<>();
  private final List<SdkAutoCloseable> open = new ArrayList<>();
  private @Nullable SdkHttpClient http;

  /** Where a service is. */
  private record Place(Region region, AwsEndpoint endpoint) {}

  KmsClient kms(AwsEndpoint endpoint) {
    return kms.computeIfAbsent(
        new Place(region(endpoint), endpoint),
        place -> opened(at(place, KmsClient.builder().httpClient(http())).build()));
  }

  DynamoDbClient dynamoDb(AwsEndpoint endpoint) {
    return dynamoDb.computeIfAbsent(
        new Place(region(endpoint), endpoint),
        place -> opened(at(place, DynamoDbClient.builder().httpClient(http())).build()));
  }

  private static <B extends AwsClientBuilder<B, ?>> B at(Place place, B builder) {
    place.endpoint().uri().ifPresent(builder::endpointOverride);
    if (place.endpoint().isLoopback()) {
      builder.credentialsProvider(localCredentials());
    }
    return builder.region(place.region());
  }

  /**
   * The SDK's default chain, but with dummies at its end instead of the cloud's metadata service.
   */
  private static AwsCredentialsProvider localCredentials() {
    return AwsCredentialsProviderChain.of(
        SystemPropertyCredentialsProvider.create(),
        EnvironmentVariableCredentialsProvider.create(),
        ProfileCredentialsProvider.create(),
        ContainerCredentialsProvider.builder().build(),
        DUMMY_CREDENTIALS);
  }

  private static Region region(AwsEndpoint endpoint) {
    Optional<Region> named = endpoint.region();
    if (named.isPresent()) {
      return named.get();
    }
    AwsRegionProvider chain =
        endpoint.isLoopback()
            // Without the metadata service of a machine in the cloud: nothing here is there.
            ? new AwsRegionProviderChain(
                new SystemSettingsRegionProvider(),
                new AwsProfileRegionProvider(),
                () -> LOCAL_REGION)
            : new DefaultAwsRegionProviderChain();
    try {
      return chain.getRegion();
    } catch (SdkClientException e) {
      throw endpoint.missingRegion();
    }
  }

  private SdkHttpClient http() {
    SdkHttpClient client = http;
    if (client == null) {
      client = opened(UrlConnectionHttpClient.create());
      http = client;
    }
    return client;
  }

  private <C extends SdkAutoCloseable> C opened(C client) {
    open.add(client);
    return client;
  }

  @Override
  public void close() {
    open.forEach(SdkAutoCloseable::close);
    open.clear();
    kms.clear();
    dynamoDb.clear();
    http = null;
  }
}
