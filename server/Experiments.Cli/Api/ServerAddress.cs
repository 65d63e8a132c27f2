namespace Experiments.Cli.Api;

/// <summary>Reads <c>--url</c>.</summary>
internal static class ServerAddress
{
    /// <exception cref="CliException">It is none.</exception>
    public static Uri Read(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? url) || (url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps))
        {
            throw CliException.Usage($"--url must be an address such as http://localhost:3000, not \"{text}\"");
        }

        if (url.UserInfo.Length > 0 || url.Query.Length > 0 || url.Fragment.Length > 0)
        {
            // Not repeated: it may hold a password.
            throw CliException.Usage("--url must hold no user name, password, query or fragment");
        }

        return url.AbsolutePath.EndsWith('/') ? url : new Uri(url.AbsoluteUri + "/");
    }
}
