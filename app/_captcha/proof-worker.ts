// The part of ALTCHA that computes, as a file of our own address, so that the content security policy needs no blob:.
import 'altcha/workers/pbkdf2'
