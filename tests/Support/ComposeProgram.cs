namespace Experiments.Tests.Support;

/// <summary>docker-compose, which <c>tests/install.sh</c> puts beside the S3 server. It checks files without a Docker engine.</summary>
public static class ComposeProgram
{
    /// <summary>Its path; installs it first if need be.</summary>
    public static async Task<string> FindAsync() => Path.Combine(Path.GetDirectoryName(await S3ServerInstallation.DirectoryAsync())!, "docker-compose");
}
