using System.Reflection;
using Experiments.Client;
using Experiments.Client.Sources;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Says where the snapshots of one environment come from. Exactly one of the methods must be called; of several the last counts.</summary>
public sealed class ExperimentsBuilder
{
    internal ExperimentsBuilder(IServiceCollection services, string environment)
    {
        Services = services;
        Environment = environment;
    }

    /// <summary>The collection that is added to.</summary>
    public IServiceCollection Services { get; }

    /// <summary>Name of the environment; also the key of its keyed <see cref="IFeatureDecider"/>.</summary>
    public string Environment { get; }

    /// <summary>Reads from a bucket. The SDK needs <c>s3:GetObject</c>; with <c>s3:ListBucket</c> it can tell "not published" from
    /// "not allowed".</summary>
    /// <param name="bucket">Name of the bucket.</param>
    /// <param name="configure">Prefix, endpoint, region and credentials; by default the AWS default chain.</param>
    public ExperimentsBuilder FromS3(string bucket, Action<S3Options>? configure = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(bucket);
        var options = new S3Options();
        configure?.Invoke(options);
        return From(_ => new S3Source(bucket, options));
    }

    /// <summary>Reads from a directory, which may be missing until something is published.</summary>
    /// <param name="path">A relative path is taken from the current directory.</param>
    public ExperimentsBuilder FromDirectory(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return From(_ => new DirectorySource(path));
    }

    /// <summary>Reads <c>{baseUrl}/configs/...</c>: a control server, a gateway, or anything that serves the same paths.</summary>
    /// <param name="baseUrl">An absolute http or https URL.</param>
    /// <exception cref="ArgumentException">The URL is not absolute or of another scheme.</exception>
    public ExperimentsBuilder FromUrl(Uri baseUrl)
    {
        ArgumentNullException.ThrowIfNull(baseUrl);
        if (!baseUrl.IsAbsoluteUri || (baseUrl.Scheme != Uri.UriSchemeHttp && baseUrl.Scheme != Uri.UriSchemeHttps))
        {
            throw new ArgumentException($"'{baseUrl}' is not an absolute http or https URL.", nameof(baseUrl));
        }

        return From(_ => new HttpSource(baseUrl));
    }

    /// <inheritdoc cref="FromUrl(Uri)"/>
    public ExperimentsBuilder FromUrl(string baseUrl)
    {
        ArgumentException.ThrowIfNullOrEmpty(baseUrl);
        return Uri.TryCreate(baseUrl, UriKind.Absolute, out Uri? url)
            ? FromUrl(url)
            : throw new ArgumentException($"'{baseUrl}' is not an absolute http or https URL.", nameof(baseUrl));
    }

    /// <summary>Decides from a snapshot that is embedded in an assembly until the source answers for the first time, where there is no
    /// last-good file: see <see cref="ExperimentsOptions.Bootstrap"/>.</summary>
    /// <param name="assembly">Holds it as an embedded resource.</param>
    /// <param name="resourceName">Name of the resource.</param>
    public ExperimentsBuilder WithBootstrap(Assembly assembly, string resourceName)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        ArgumentException.ThrowIfNullOrEmpty(resourceName);
        return Configure(options => options.Bootstrap = () => assembly.GetManifestResourceStream(resourceName));
    }

    /// <summary>Changes how often it polls and where it keeps the last good snapshot.</summary>
    public ExperimentsBuilder Configure(Action<ExperimentsOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        Services.Configure(Environment, configure);
        return this;
    }

    private ExperimentsBuilder From(Func<IServiceProvider, ISnapshotSource> create)
    {
        Services.RemoveAllKeyed<ISnapshotSource>(Environment);
        Services.AddKeyedSingleton(Environment, (provider, _) => create(provider));
        return this;
    }
}
