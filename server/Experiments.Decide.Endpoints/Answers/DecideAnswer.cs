using Experiments.Client.Json;
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

    public static Task WriteAsync(HttpResponse response, PreparedSnapshot prepared, DecideRequest request)
    {
        // Decisions and version come from one snapshot, whatever is loaded meanwhile.
        ReadOnlySpan<int> endings = request.Decide(prepared.Snapshot, prepared.Surroundings);
        int userKeyLength = JsonString.Length(request.UserKey);
        int length = BeforeUserKey.Length + userKeyLength + prepared.AfterUserKey.Length + End.Length;
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
        response.ContentLength = length;
        Fill(response.BodyWriter.GetSpan(length), prepared, request.UserKey, userKeyLength, endings);
        response.BodyWriter.Advance(length);
        return Task.CompletedTask;
    }

    private static void Fill(Span<byte> body, PreparedSnapshot prepared, string userKey, int userKeyLength, ReadOnlySpan<int> endings)
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

        Append(ref body, End);
    }

    private static void Append(ref Span<byte> body, ReadOnlySpan<byte> piece)
    {
        piece.CopyTo(body);
        body = body[piece.Length..];
    }
}
