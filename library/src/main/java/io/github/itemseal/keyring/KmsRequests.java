package io.github.itemseal.keyring;

import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.ApiName;

/** What every request of a KMS keyring carries. Immutable and thread-safe. */
final class KmsRequests {
  private final List<String> grantTokens;
  private final AwsRequestOverrideConfiguration userAgent;

  KmsRequests(List<String> grantTokens, @Nullable String userAgentSuffix) {
    this.grantTokens = grantTokens;
    AwsRequestOverrideConfiguration.Builder agent =
        AwsRequestOverrideConfiguration.builder()
            .addApiName(ApiName.builder().name("itemseal").version("dbe").build());
    if (userAgentSuffix != null) {
      agent.addApiName(ApiName.builder().name(userAgentSuffix).version("-").build());
    }
    this.userAgent = agent.build();
  }

  List<String> grantTokens() {
    return grantTokens;
  }

  AwsRequestOverrideConfiguration userAgent() {
    return userAgent;
  }
}
