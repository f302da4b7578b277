package io.github.itemseal.interop;

import com.amazonaws.auth.AWSStaticCredentialsProvider;
import com.amazonaws.auth.BasicAWSCredentials;
import com.amazonaws.client.builder.AwsClientBuilder.EndpointConfiguration;
import com.amazonaws.services.kms.AWSKMS;
import com.amazonaws.services.kms.AWSKMSClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsAsyncClient;
import software.amazon.awssdk.services.kms.KmsClient;

/**
 * AWS KMS as the moto project serves it, over HTTP on a free loopback port, in a process of its
 * own; with clients of both SDKs. Ended by {@link #close}, or with this process.
 */
final class HttpKms implements AutoCloseable {
  static final Region REGION = Region.EU_WEST_1;
  static final String NAME = "moto " + PythonEnvironment.version("moto");

  private static final AwsCredentialsProvider CREDENTIALS =
      StaticCredentialsProvider.create(AwsBasicCredentials.create("testkey", "testsecret"));

  private final Process process;
  private final URI endpoint;
  private final KmsClient client;
  private final KmsAsyncClient asyncClient;
  private final AWSKMS sdk1Client;

  private HttpKms(Process process, URI endpoint) {
    this.process = process;
    this.endpoint = endpoint;
    this.client =
        KmsClient.builder()
            .endpointOverride(endpoint)
            .region(REGION)
            .credentialsProvider(CREDENTIALS)
            .build();
    this.asyncClient =
        KmsAsyncClient.builder()
            .endpointOverride(endpoint)
            .region(REGION)
            .credentialsProvider(CREDENTIALS)
            .build();
    this.sdk1Client =
        AWSKMSClientBuilder.standard()
            .withEndpointConfiguration(new EndpointConfiguration(endpoint.toString(), REGION.id()))
            .withCredentials(
                new AWSStaticCredentialsProvider(new BasicAWSCredentials("testkey", "testsecret")))
            .build();
  }

  /** Starts it, without keys; skips the calling test where that is impossible. */
  static HttpKms start() {
    Process process = PythonEnvironment.start("kms_server.py");
    try {
      String address = process.inputReader().readLine();
      if (address == null) {
        throw new IllegalStateException("The KMS server ended: see target/kms_server.py.log.");
      }
      return new HttpKms(process, URI.create(address));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A new symmetric key; returns its ARN. */
  String createKey() {
    return client.createKey().keyMetadata().arn();
  }

  /** A client of another Region of the same server. The caller closes it. */
  KmsClient client(Region region) {
    return KmsClient.builder()
        .endpointOverride(endpoint)
        .region(region)
        .credentialsProvider(CREDENTIALS)
        .build();
  }

  URI endpoint() {
    return endpoint;
  }

  KmsClient client() {
    return client;
  }

  KmsAsyncClient asyncClient() {
    return asyncClient;
  }

  AWSKMS sdk1Client() {
    return sdk1Client;
  }

  /** Closing its input ends the server. */
  @Override
  public void close() {
    client.close();
    asyncClient.close();
    sdk1Client.shutdown();
    try {
      process.outputWriter().close();
      process.waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      process.destroyForcibly();
    }
  }
}
