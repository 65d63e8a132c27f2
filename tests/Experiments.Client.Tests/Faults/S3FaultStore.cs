using Microsoft.Extensions.DependencyInjection;

namespace Experiments.Client.Tests.Faults;

/// <summary>A bucket of the real S3 server.</summary>
internal sealed class S3FaultStore(S3Server server, string bucket) : FaultStore
{
    public override string Upstream => server.Url;

    public static async Task<FaultStore> CreateAsync(S3Server server)
    {
        string bucket = $"faults-{Guid.NewGuid():N}";
        await server.CreateBucketAsync(bucket);
        return new S3FaultStore(server, bucket);
    }

    public override void Use(ExperimentsBuilder builder, string url) => builder.FromS3(bucket, options =>
    {
        options.ServiceUrl = new Uri(url);
        options.Region = S3Server.Region;
        options.AccessKey = S3Server.AccessKey;
        options.SecretKey = S3Server.SecretKey;
    });

    public override Task PutAsync(string key, byte[] content) => server.PutAsync(bucket, key, content);

    public override Task DeleteAsync(string key) => server.DeleteAsync(bucket, key);
}
