using System.Globalization;
using System.Text;

namespace Experiments.Client.Snapshots;

/// <summary>Keys of the objects in a snapshot store: the same in a bucket and, as relative paths, in a directory.</summary>
internal static class SnapshotKeys
{
    public const string RootFolder = "configs";

    /// <summary>Name of the server-sent event that says that an environment was published.</summary>
    public const string PublishedEvent = "published";

    /// <summary>Name of the one that says nothing but that the stream is alive.</summary>
    public const string HeartbeatEvent = "heartbeat";

    public static string Pointer(string environment) => $"{Folder(environment)}/version.json";

    public static string Latest(string environment) => $"{SnapshotFolder(environment)}/latest.json";

    public static string Snapshot(string environment, long version) =>
        string.Create(CultureInfo.InvariantCulture, $"{SnapshotFolder(environment)}/{version}.json");

    public static string SnapshotFolder(string environment) => $"{Folder(environment)}/snapshots";

    /// <summary>Not an object, but where a server tells what it publishes.</summary>
    public static string Events(string environment) => $"{Folder(environment)}/events";

    /// <summary>Where a server has it.</summary>
    /// <remarks>An environment named ".." is the segment %2E%2E, which <see cref="Uri"/> would resolve to the parent folder.</remarks>
    public static Uri UrlOf(Uri baseUrl, string key) => new(
        $"{baseUrl.AbsoluteUri.TrimEnd('/')}/{key}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });

    public static string Folder(string environment) => $"{RootFolder}/{Escape(environment)}";

    /// <summary>The UTF-8 of the name with all but <c>A-Za-z0-9-._~</c> as upper-case <c>%XX</c>; the names <c>.</c> and <c>..</c>,
    /// which would be directories, are escaped as well. A lone surrogate is escaped as EF BF BD.</summary>
    public static string Escape(string environment)
    {
        if (environment is "." or "..")
        {
            return environment.Replace(".", "%2E", StringComparison.Ordinal);
        }

        var escaped = new StringBuilder(environment.Length);
        foreach (byte unit in Encoding.UTF8.GetBytes(environment))
        {
            if (char.IsAsciiLetterOrDigit((char)unit) || unit is (byte)'-' or (byte)'.' or (byte)'_' or (byte)'~')
            {
                escaped.Append((char)unit);
            }
            else
            {
                escaped.Append('%').Append(unit.ToString("X2", CultureInfo.InvariantCulture));
            }
        }

        return escaped.ToString();
    }
}
