using System.Globalization;
using System.Text;
using Experiments.Control.Publishing;
using Microsoft.AspNetCore.Http;

namespace Experiments.Control.Api;

/// <summary>Tells the caller of a change whether it was published.</summary>
internal static class PublishHeaders
{
    public const string Attempted = "x-publish-attempted";
    public const string Succeeded = "x-publish-succeeded";
    public const string Error = "x-publish-error";
    private const string ReassignedShare = "x-reassigned-share";

    public const int MaxErrorLength = 512;

    /// <param name="response">Of the change.</param>
    /// <param name="outcome">Null where nothing live changed, so nothing was published.</param>
    public static void Set(HttpResponse response, PublishOutcome? outcome)
    {
        response.Headers[Attempted] = outcome is null ? "false" : "true";
        response.Headers[Succeeded] = outcome is { IsSuccess: true } ? "true" : "false";
        if (outcome?.Error is { } error)
        {
            response.Headers[Error] = OneLine(error);
        }
    }

    /// <param name="response">Of the change.</param>
    /// <param name="share">Of all users, those who were moved; null where nobody was.</param>
    public static void SetReassigned(HttpResponse response, decimal? share)
    {
        if (share is { } moved)
        {
            response.Headers[ReassignedShare] = moved.ToString(CultureInfo.InvariantCulture);
        }
    }

    /// <summary>A header holds one line of printable ASCII.</summary>
    private static string OneLine(string error)
    {
        var line = new StringBuilder(MaxErrorLength);
        foreach (char c in error)
        {
            if (line.Length == MaxErrorLength)
            {
                break;
            }

            line.Append(char.IsControl(c) ? ' ' : char.IsAscii(c) ? c : '?');
        }

        return line.ToString().Trim();
    }
}
