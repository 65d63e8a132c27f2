namespace Experiments.Client.Sources;

/// <summary>What an exception says to people, who see no inner ones.</summary>
internal static class FailureWords
{
    private const string Pointer = "see inner exception";

    /// <summary>The message; where it only points to an inner exception, as TLS failures do, with that of the innermost one in place of the
    /// pointer.</summary>
    public static string Of(Exception failure)
    {
        string message = failure.Message;
        int pointer = message.IndexOf(Pointer, StringComparison.OrdinalIgnoreCase);
        string cause = failure.GetBaseException().Message;
        if (pointer < 0 || string.Equals(cause, message, StringComparison.Ordinal))
        {
            return message;
        }

        string lead = message[..pointer].TrimEnd(' ', ',', '.');
        return lead.Length == 0 || string.Equals(lead, cause.TrimEnd('.'), StringComparison.Ordinal) ? cause : $"{lead}: {cause}";
    }
}
