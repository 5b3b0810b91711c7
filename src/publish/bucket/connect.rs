//! The way to a bucket: its address, its credentials from the environment, and its complaints in an editor's words.

use std::sync::Arc;
use std::time::Duration;

use object_store::aws::{AmazonS3Builder, S3ConditionalPut};
use object_store::azure::MicrosoftAzureBuilder;
use object_store::client::ClientOptions;
use object_store::gcp::GoogleCloudStorageBuilder;
use object_store::{BackoffConfig, ObjectStore, RetryConfig};

use crate::error::Error;
use crate::model::{BucketTarget, Service};

/// How often a request is tried again, and how patiently: from 0.2 s, doubling, for at most a minute.
fn retry() -> RetryConfig {
    let backoff =
        BackoffConfig { init_backoff: Duration::from_millis(200), max_backoff: Duration::from_secs(5), base: 2.0 };
    RetryConfig { backoff, max_retries: 6, retry_timeout: Duration::from_secs(60) }
}

fn client(endpoint: Option<&str>) -> ClientOptions {
    let options = ClientOptions::new()
        .with_timeout(Duration::from_secs(120))
        .with_connect_timeout(Duration::from_secs(10))
        .with_user_agent(concat!("dateline/", env!("CARGO_PKG_VERSION")).parse().expect("it is a header"));
    options.with_allow_http(endpoint.is_some_and(is_local))
}

/// Tells whether an address is on this machine: the only place where keys may go without encryption.
fn is_local(endpoint: &str) -> bool {
    let host = endpoint.strip_prefix("http://").unwrap_or_default();
    ["127.0.0.1", "localhost", "[::1]"]
        .iter()
        .any(|local| host.strip_prefix(local).is_some_and(|rest| rest.is_empty() || rest.starts_with([':', '/'])))
}

/// Opens a bucket. Nothing is asked of it yet.
pub(super) fn connect(target: &BucketTarget) -> Result<Arc<dyn ObjectStore>, Error> {
    let endpoint = target.endpoint.as_deref();
    if let Some(endpoint) = endpoint.filter(|endpoint| endpoint.starts_with("http://") && !is_local(endpoint)) {
        return Err(Error::refused(format!("`{endpoint}` would carry the keys of the bucket unencrypted"))
            .with_help("write `endpoint: https://…` in site.yaml"));
    }
    let built: object_store::Result<Arc<dyn ObjectStore>> = match target.service {
        Service::S3 => {
            let mut builder = AmazonS3Builder::from_env()
                .with_bucket_name(&target.bucket)
                .with_conditional_put(S3ConditionalPut::ETagMatch)
                .with_retry(retry())
                .with_client_options(client(endpoint));
            if let Some(endpoint) = endpoint {
                builder = builder.with_endpoint(endpoint.trim_end_matches('/'));
            }
            if let Some(region) = &target.region {
                builder = builder.with_region(region);
            }
            builder.build().map(|store| Arc::new(store) as _)
        }
        Service::Gcs => GoogleCloudStorageBuilder::from_env()
            .with_bucket_name(&target.bucket)
            .with_retry(retry())
            .with_client_options(client(None))
            .build()
            .map(|store| Arc::new(store) as _),
        Service::Azure => MicrosoftAzureBuilder::from_env()
            .with_container_name(&target.bucket)
            .with_retry(retry())
            .with_client_options(client(None))
            .build()
            .map(|store| Arc::new(store) as _),
    };
    built.map_err(|error| {
        Error::refused(format!("the bucket `{}` cannot be opened: {}", target.bucket, first_line(&error.to_string())))
            .with_help(credentials(target.service))
    })
}

/// Tells where credentials come from.
pub(super) fn credentials(service: Service) -> &'static str {
    match service {
        Service::S3 => {
            "set `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY` in the environment; they never stand in site.yaml"
        }
        Service::Gcs => "set `GOOGLE_APPLICATION_CREDENTIALS` to the file of a service account in the environment",
        Service::Azure => "set `AZURE_STORAGE_ACCOUNT_NAME` and `AZURE_STORAGE_ACCOUNT_KEY` in the environment",
    }
}

/// Words a failure of the bucket. Secrets are blotted out, also where a service repeats them.
pub(super) fn told(act: &str, place: &str, error: &object_store::Error, service: Service, secrets: &[String]) -> Error {
    use object_store::Error as Failure;
    let missing = || {
        let help = "make it first, or mend its name and `endpoint` in site.yaml";
        ("there is no such bucket".to_owned(), help.to_owned())
    };
    let (why, help) = match error {
        Failure::Unauthenticated { .. } => ("it does not know who you are".to_owned(), credentials(service).to_owned()),
        Failure::PermissionDenied { .. } => (
            "you may not do that there".to_owned(),
            format!("the keys need the right to list, read, write and delete; {}", credentials(service)),
        ),
        Failure::NotFound { .. } => missing(),
        other if innermost(other).contains("<Code>NoSuchBucket<") => missing(),
        other => (
            blotted(&shortened(&innermost(other)), secrets),
            "what is there works; run the command again and it goes on from there".to_owned(),
        ),
    };
    Error::refused(format!("cannot {act} {place}: {why}")).with_help(help)
}

/// Returns the cause that tells most: the last in the chain of an error.
fn innermost(error: &object_store::Error) -> String {
    let mut cause: &dyn std::error::Error = error;
    while let Some(next) = cause.source() {
        cause = next;
    }
    cause.to_string()
}

/// Shortens an answer: S3 says what is wrong in an element of a document.
fn shortened(answer: &str) -> String {
    let element = |name: &str| {
        let (_, rest) = answer.split_once(&format!("<{name}>"))?;
        rest.split_once(&format!("</{name}>")).map(|(text, _)| text.trim())
    };
    match (element("Code"), element("Message")) {
        (Some(code), Some(message)) if !message.is_empty() => {
            format!("the service says `{code}`: {}", first_line(message))
        }
        (Some(code), _) => format!("the service says `{code}`"),
        _ => first_line(answer),
    }
}

/// Returns the first line of a text, of a length that a terminal shows. Services answer with whole documents.
fn first_line(text: &str) -> String {
    let line = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default().trim();
    line.chars().take(200).collect()
}

/// Blots out secrets.
fn blotted(text: &str, secrets: &[String]) -> String {
    secrets.iter().filter(|secret| secret.len() >= 4).fold(text.to_owned(), |text, secret| text.replace(secret, "…"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_go_unencrypted_to_this_machine_only() {
        assert!(is_local("http://127.0.0.1:9000") && is_local("http://localhost") && is_local("http://[::1]:9000/"));
        assert!(!is_local("http://127.0.0.1.example.org") && !is_local("http://example.org") && !is_local("https://x"));
    }

    #[test]
    fn a_secret_is_blotted_out() {
        assert_eq!(blotted("key AKIA123 is wrong", &["AKIA123".to_owned(), "a".to_owned()]), "key … is wrong");
    }
}
