using System.Buffers;
using Experiments.Client;
using Experiments.Client.Json;
using Experiments.Decide.Endpoints.Diagnostics;
using Experiments.Decide.Endpoints.Requests;
using Microsoft.AspNetCore.Http;

namespace Experiments.Decide.Endpoints.Answers;

/// <summary>Decides a request and writes the answer, straight into the response, from bytes that were prepared:
/// <c>benchmarks/load/decide.sh</c>.</summary>
internal static class DecideAnswer
{
    private const string ContentType = "application/json; charset=utf-8";

    private static ReadOnlySpan<byte> BeforeUserKey => "{\"user_key\":\""u8;

    private static ReadOnlySpan<byte> End => "]}"u8;

    private static ReadOnlySpan<byte> BeforeFlags => "],\"flags\":["u8;

    public static Task WriteAsync(HttpResponse response, PreparedSnapshot prepared, DecideRequest request, DecideMetrics metrics)
    {
        Decision[] decisions = prepared.Snapshot.Program.Outcomes;
        // Decisions and version come from one snapshot, whatever is loaded meanwhile.
        if (request.IncludesFlags)
        {
            ReadOnlySpan<int> endings = request.DecideEverything(
                prepared.Snapshot, prepared.FlagCount, prepared.Surroundings, out ReadOnlySpan<int> outcomes);
            var flags = new FlagList(decisions, outcomes);
            metrics.Count(prepared.Snapshot.Environment, decisions, endings);
            metrics.Count(prepared.Snapshot.Environment, decisions, outcomes);
            Write(response, prepared, request.UserKey, endings, BeforeFlags, flags.Length() + End.Length);
            flags.Write(response.BodyWriter);
            response.BodyWriter.Write(End);
        }
        else
        {
            ReadOnlySpan<int> endings = request.Decide(prepared.Snapshot, prepared.Surroundings);
            metrics.Count(prepared.Snapshot.Environment, decisions, endings);
            Write(response, prepared, request.UserKey, endings, End, lengthAfter: 0);
        }

        return Task.CompletedTask;
    }

    /// <summary>Writes all up to what follows the last assignment.</summary>
    private static void Write(
        HttpResponse response, PreparedSnapshot prepared, string userKey, ReadOnlySpan<int> endings, ReadOnlySpan<byte> end, int lengthAfter)
    {
        int userKeyLength = JsonString.Length(userKey);
        int length = BeforeUserKey.Length + userKeyLength + prepared.AfterUserKey.Length + end.Length;
        bool isEmpty = true;
        foreach (int ending in endings)
        {
            int assignment = prepared.AssignmentOf(ending).Length;
            length += assignment;
            isEmpty &= assignment == 0;
        }

        // The first assignment has no comma before it.
        length -= isEmpty ? 0 : 1;
        response.ContentType = ContentType;
        response.ContentLength = length + lengthAfter;
        Fill(response.BodyWriter.GetSpan(length), prepared, userKey, userKeyLength, endings, end);
        response.BodyWriter.Advance(length);
    }

    private static void Fill(
        Span<byte> body, PreparedSnapshot prepared, string userKey, int userKeyLength, ReadOnlySpan<int> endings, ReadOnlySpan<byte> end)
    {
        Append(ref body, BeforeUserKey);
        JsonString.Write(userKey, body);
        body = body[userKeyLength..];
        Append(ref body, prepared.AfterUserKey);
        int comma = 1;
        foreach (int ending in endings)
        {
            ReadOnlySpan<byte> assignment = prepared.AssignmentOf(ending);
            if (!assignment.IsEmpty)
            {
                Append(ref body, assignment[comma..]);
                comma = 0;
            }
        }

        Append(ref body, end);
    }

    private static void Append(ref Span<byte> body, ReadOnlySpan<byte> piece)
    {
        piece.CopyTo(body);
        body = body[piece.Length..];
    }
}
